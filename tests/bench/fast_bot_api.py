"""A Bot API that costs next to nothing, in a process of its own, so that what is measured is the bot.

It keeps a number of updates ready, one from each of as many people, and notes when the last answer came.
`GET /go?updates=N` hands out N more; `GET /seen` tells what was sent since, in how many seconds, and the
most within any one of them. `PORT [SECONDS]`: so long is each answer to a message on its way.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import deque
from urllib.parse import parse_qs, unquote_to_bytes

from tests.bare_http import Conversation
from tests.bench.crowd import FIRST_CHAT

AT_ONCE = 100
_ME = {"id": 1, "is_bot": True, "first_name": "联动", "username": "liandong_bot", "can_join_groups": True,
       "can_read_all_group_messages": False, "supports_inline_queries": False}  # fmt: skip


class Tally:
    """The updates from `first` on are still to be fetched, up to `last`; `sent` since the last `go`."""

    def __init__(self) -> None:
        self.last = 0
        self.sent = 0
        self.began = self.ended = 0.0
        self.most = 0
        self._last_second: deque[float] = deque()
        self.go = asyncio.Event()

    def hand_out(self, updates: int) -> None:
        self.last += updates
        self.sent, self.began, self.ended = 0, 0.0, 0.0
        self.go.set()

    def note_sent(self) -> None:
        self.sent += 1
        self.ended = time.perf_counter()
        self.began = self.began or self.ended
        self._last_second.append(self.ended)
        while self._last_second[0] <= self.ended - 1:
            self._last_second.popleft()
        self.most = max(self.most, len(self._last_second))


class FastBotApi(Conversation):
    def __init__(self, tally: Tally, delay: float = 0.0) -> None:
        super().__init__()
        self._tally, self._delay = tally, delay

    def take(self, path: bytes, body: bytes) -> None:
        method = path.rpartition(b"/")[2].lower()
        if method == b"sendmessage":
            self._tally.note_sent()
            chat = parse_qs(body.decode())["chat_id"][0] if body[:1] != b"-" else "1"
            said = {"message_id": 1, "date": 1, "chat": {"id": int(chat), "type": "private"}, "text": "."}
            if self._delay:
                asyncio.get_running_loop().call_later(self._delay, self._say, said)
            else:
                self._say(said)
        elif method == b"getupdates":
            asyncio.ensure_future(self._updates(body))  # noqa: RUF006 - a connection holds it
        elif method == b"getme":
            self._say(_ME)
        elif method.startswith(b"go?updates="):
            self._tally.hand_out(int(method.partition(b"=")[2]))
            self._say(True)
        elif method == b"seen":
            self._say([self._tally.sent, self._tally.ended - self._tally.began, self._tally.most])
        else:
            self._say(True)

    async def _updates(self, body: bytes) -> None:
        asked = _asked(body)
        first = max(int(asked.get("offset") or 0), 1)
        if first > self._tally.last:
            self._tally.go.clear()
            try:
                async with asyncio.timeout(int(float(asked.get("timeout") or 0))):
                    await self._tally.go.wait()
            except TimeoutError:
                self._say([])
                return
        until = min(first + AT_ONCE, self._tally.last + 1)
        if not self._tally.began:
            self._tally.began = time.perf_counter()
        self._say([_update(number) for number in range(first, until)])

    def _say(self, result: object) -> None:
        self.write(json.dumps({"ok": True, "result": result}).encode())


def _asked(body: bytes) -> dict[str, str]:
    """The fields of a form, or of the multipart that aiogram sends."""
    if body[:2] != b"--":
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    found = {}
    for part in body.split(b"--" + body[2 : body.index(b"\r\n")]):
        name, _, value = part.partition(b'name="')[2].partition(b'"')
        if name:
            found[unquote_to_bytes(name).decode()] = value.partition(b"\r\n\r\n")[2].strip().decode()
    return found


def _update(number: int) -> dict[str, object]:
    chat = FIRST_CHAT + number - 1
    sender = {"id": chat, "is_bot": False, "first_name": "石远"}
    where = {"id": chat, "type": "private", "first_name": "石远"}
    said = {"message_id": number, "date": int(time.time()), "from": sender, "chat": where, "text": "签到"}
    return {"update_id": number, "message": said}


async def serve(port: int, delay: float) -> None:
    tally, loop = Tally(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: FastBotApi(tally, delay), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
