"""A number as whoever calls it reads it, with what is known against it. (S2)"""

from __future__ import annotations

from content.rules import phones
from content.words import tasks as words
from handlers.turn import Turn
from storage.addresses import Address


def number_told(turn: Turn, number: Address) -> str:
    """The number, and what is known against it."""
    written = phones.as_written(number.value)
    if not number.suspect_for:
        return written
    why = words.cause(turn.tongue, number.suspect_for)
    return turn.say("{number}（看来不对：{why}）", number=written, why=why)
