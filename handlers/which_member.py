"""Several answer to a name: who they are stands in the text, and the buttons bear numbers and stars.

A letter that its chat refuses goes out by SMS with the same buttons, where others may read along.
"""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.words import short
from content.words.address import town
from content.words.silence_report import short_name
from handlers.next_step import days_of
from handlers.turn import Turn
from storage import unit_names
from storage.files import Member

LISTED = 8


async def branches_apart(turn: Turn, found: Sequence[Member]) -> list[Member]:
    """The same people; of branches of one name, each is called with what stands above it."""
    called = await unit_names.told_apart(turn.tx, turn.viewer, {one.unit_path for one in found})
    return [one._replace(unit=called.get(one.unit_path, one.unit)) for one in found]


async def which_member(turn: Turn, head: str, found: Sequence[Member], intent: str, **about: str) -> Letter:
    """Asks whom of several is meant; the one chosen comes back as `intent` with their id."""
    found = await branches_apart(turn, found)
    shown = found[:LISTED]
    lines = [_line(turn, number, member) for number, member in enumerate(shown, 1)]
    if len(found) > LISTED:
        lines.append(turn.say("还有 {n} 人，名字写得更全，找得更准。", n=len(found) - LISTED))
    named = [
        Choice(numbered(number, member), Act(intent=intent, about={**about, "id": member.id}))
        for number, member in enumerate(shown, 1)
    ]
    if turn.by_sms:
        return _by_sms(turn, found, named)
    return Letter(
        chat="\n".join([head, *lines]),
        sms=turn.say("找到{n}人。请写全名，或在聊天里选。", n=len(found)),
        choices=tuple(tuple(named[i : i + 3]) for i in range(0, len(named), 3)),
    )


def _by_sms(turn: Turn, found: Sequence[Member], named: Sequence[Choice]) -> Letter:
    """As many as one message holds, told apart by branch, or within one by how long they are silent."""
    of_one_branch = len({member.unit for member in found}) == 1

    def label(member: Member) -> str:
        if of_one_branch:
            return short_name(turn.tongue, member.name, days_of(turn, member))
        branch = member.unit.removesuffix("党支部")
        return turn.say("{who}（{branch}）", who=masked(member.name), branch=branch)

    numbers = tuple(Choice(label(m), c.act) for m, c in zip(found, named, strict=False))
    all_of_them = Letter(chat=turn.say("找到{n}人：", n=len(found)), choices=(numbers,))
    if len(found) <= LISTED and short.fits(all_of_them):
        return all_of_them
    head = turn.say("找到{n}人。没列出的请写全名：", n=len(found))
    return short.with_what_fits(Letter(chat=head, choices=(numbers,)))


def numbered(number: int, member: Member) -> str:
    return f"{number}. {masked(member.name)}"


def _line(turn: Turn, number: int, member: Member) -> str:
    where = town(turn.tongue, member.place_code) or turn.say("去向不明")
    return f"{number}. {member.name} · {member.unit} · {where}"
