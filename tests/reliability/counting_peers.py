"""A Bot API and SMS companies that count how often each recipient was written to, in a process of their own.

They outlive every kill. A message counts as soon as the request is read; the answer takes a moment longer,
so that a kill falls between the two as it does on a real line.

`GET /total` is how many messages came, `GET /counts` how many came to each.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Callable
from urllib.parse import unquote

import orjson

from tests.bare_http import Conversation

# Seconds that an answer takes.
ANSWERS_IN = 0.01
_ME = {"id": 1, "is_bot": True, "first_name": "联动", "username": "liandong_bot", "can_join_groups": True,
       "can_read_all_group_messages": False, "supports_inline_queries": False}  # fmt: skip
_CHAT, _TO = re.compile(rb"(?:^|&)chat_id=(\d+)"), re.compile(r"[?&]to=([^&]+)")


class Peer(Conversation):
    """`counts` is shared by all connections."""

    def __init__(self, counts: Counter[str], company: Callable[[Peer, str, bytes], None]) -> None:
        super().__init__()
        self.counts, self._company = counts, company

    def take(self, path: bytes, body: bytes) -> None:
        if path == b"/total":
            self.say(self.counts.total())
        elif path == b"/counts":
            self.say(self.counts)
        else:
            self._company(self, path.decode(), body)

    def later(self, seconds: float, said: object, status: str = "200 OK") -> None:
        asyncio.get_running_loop().call_later(seconds, self.say, said, status)

    def say(self, said: object, status: str = "200 OK") -> None:
        self.write(orjson.dumps(said), status.encode())


def bot_api(peer: Peer, path: str, body: bytes) -> None:
    method = path.rpartition("/")[2].lower()
    if method == "sendmessage":
        chat = _CHAT.search(body)
        assert chat
        peer.counts[chat[1].decode()] += 1
        sent = {"message_id": 1, "date": 1, "chat": {"id": int(chat[1]), "type": "private"}, "text": "."}
        peer.later(ANSWERS_IN, {"ok": True, "result": sent})
    elif method == "getupdates":
        peer.later(20, {"ok": True, "result": []})
    else:
        peer.say({"ok": True, "result": _ME if method == "getme" else True})


def batches(peer: Peer, _path: str, body: bytes) -> None:
    """As sms.toml of campaign.py describes it."""
    numbers = orjson.loads(body)["to"]
    peer.counts.update(numbers)
    peer.later(ANSWERS_IN, {"status": "accepted", "id": f"g-{peer.counts.total()}"})


def one_by_one(peer: Peer, path: str, _body: bytes) -> None:
    """As Kannel."""
    to = _TO.search(path)
    assert to
    peer.counts[unquote(to[1])] += 1
    peer.later(ANSWERS_IN, "0: Accepted for delivery", "202 Accepted")


async def serve(company: Callable[[Peer, str, bytes], None], port: int) -> None:
    counts: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Peer(counts, company), "127.0.0.1", port, backlog=1000)
    await server.serve_forever()


COMPANIES = {"bot_api": bot_api, "batches": batches, "one_by_one": one_by_one}

if __name__ == "__main__":
    asyncio.run(serve(COMPANIES[sys.argv[1]], int(sys.argv[2])))
