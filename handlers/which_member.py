"""Several answer to a name: who they are stands in the text, and the buttons bear numbers and stars.

A letter that its chat refuses goes out by SMS with the same buttons, where others may read along.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter
from content.rules import places
from content.rules.names import masked
from handlers.turn import Turn
from storage.files import Member

LISTED = 8


def which_member(turn: Turn, head: str, found: Sequence[Member], intent: str, **about: str) -> Letter:
    """Asks whom of several is meant; the one chosen comes back as `intent` with their id."""
    shown = found[:LISTED]
    lines = [_line(turn, number, member) for number, member in enumerate(shown, 1)]
    if len(found) > LISTED:
        lines.append(turn.say("还有 {n} 人，名字写得更全，找得更准。", n=len(found) - LISTED))
    named = [
        Choice(numbered(number, member), Act(intent=intent, about={**about, "id": member.id}))
        for number, member in enumerate(shown, 1)
    ]
    return Letter(
        chat="\n".join([head, *lines]),
        sms=turn.say("找到{n}人。请写全名，或在聊天里选。", n=len(found)),
        choices=() if turn.by_sms else tuple(tuple(named[i : i + 3]) for i in range(0, len(named), 3)),
    )


def numbered(number: int, member: Member) -> str:
    return f"{number}. {masked(member.name)}"


def _line(turn: Turn, number: int, member: Member) -> str:
    place = places.place_of(member.place_code)
    where = place.short if place else turn.say("去向不明")
    return f"{number}. {member.name} · {member.unit} · {where}"
