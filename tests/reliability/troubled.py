"""`python -m bot`, but asking for help always ends in an error that repeats what was said.

With TROUBLED_AND_TALKATIVE=1 nothing is hidden in its logs: that is how the search is tested.
"""

from __future__ import annotations

import os
from typing import Any

from bot import logs
from bot.commands import liandong
from content.act import Act
from content.letter import Letter
from handlers import for_members
from handlers.turn import Turn

_attempts = 0


async def _fail(turn: Turn, act: Act) -> Letter:
    """As faults happen: a name that is in no table, words that are no number, words in our own error."""
    global _attempts  # noqa: PLW0603
    _attempts += 1
    member = await turn.own_file()
    if _attempts % 3 == 0:
        table: dict[str, str] = {}
        return Letter(table[f"{member.name}/{turn.word.address}"])
    if _attempts % 3 == 1:
        return Letter(str(int(f"{turn.word.text} {turn.actor.address.value} {member.name}")))
    raise LookupError(f"{member.name} {member.address} {turn.word.text} {member.employer}")


def _hide_nothing(_redaction: logs.Redaction, text: str) -> str:
    return text


if __name__ == "__main__":
    table: Any = for_members.FOR_MEMBERS
    table["help"] = _fail
    if os.environ.get("TROUBLED_AND_TALKATIVE"):
        setattr(logs.Redaction, "__call__", _hide_nothing)  # noqa: B010
    liandong()
