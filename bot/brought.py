"""What is brought to the HTTP door, whoever brings it: nothing in it is believed before it is looked at."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable

from storage.inbox import Raw

# Bytes. Telegram's updates have a few thousand: a larger one is no update, and would fill the memory.
LARGEST_BODY = 1_000_000
_LONGEST_ID = 200


async def whole_body(announced: str, chunks: AsyncIterable[bytes]) -> bytes | None:
    """The body, or None for one that is too large: it is refused before it is all in memory.

    `announced` is what the Content-Length says, which may be anything.
    """
    if announced.isdecimal() and int(announced) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def telegram_update(body: bytes) -> Raw | None:
    """The update in it; None for what is none, however it is made to trip a reader of JSON."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return Raw("telegram", str(number), update) if type(number) is int else None


def is_id(text: str) -> bool:
    """Whether it can be an id at all: a database refuses some signs, and what is refused is brought again."""
    return len(text) <= _LONGEST_ID and text.isascii() and text.isprintable()
