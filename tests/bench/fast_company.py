"""An SMS company that costs next to nothing, in a process of its own: `PORT [SECONDS]` before each answer.

It takes `to` (numbers with commas between) and `text` as a form; `GET /seen` tells how many numbers came,
in how many seconds, and how many requests those were.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from tests.bare_http import Conversation


class Tally:
    def __init__(self) -> None:
        self.numbers = self.requests = 0
        self.began = self.ended = 0.0

    def note(self, numbers: int) -> None:
        self.requests += 1
        self.numbers += numbers
        self.ended = time.perf_counter()
        self.began = self.began or self.ended


class FastCompany(Conversation):
    def __init__(self, tally: Tally, delay: float) -> None:
        super().__init__()
        self._tally, self._delay = tally, delay

    def take(self, path: bytes, body: bytes) -> None:
        if path.endswith(b"/seen"):
            tally = self._tally
            self._say([tally.numbers, tally.ended - tally.began, tally.requests])
            return
        numbers = 1 + body.count(b"%2C")
        asyncio.get_running_loop().call_later(self._delay, self._ended, numbers)

    def _ended(self, numbers: int) -> None:
        self._tally.note(numbers)
        # 202 is what Kannel says; any company may.
        self._say({"code": 0, "id": str(self._tally.requests)}, b"202 Accepted")

    def _say(self, result: object, status: bytes = b"200 OK") -> None:
        self.write(json.dumps(result).encode(), status)


async def serve(port: int, delay: float) -> None:
    tally = Tally()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: FastCompany(tally, delay), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
