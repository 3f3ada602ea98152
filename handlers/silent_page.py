"""One page of the silent: a line and a button for each, and the way to the next page."""

from __future__ import annotations

from dataclasses import replace

from content.act import Act
from content.letter import Choice, Letter
from content.rules import places
from content.words import short
from content.words.silence_report import short_name
from handlers.next_step import days_of, last_heard, next_step
from handlers.turn import Turn
from handlers.which_member import numbered
from storage import silence
from storage.files import Member
from storage.silence import Sought

A_PAGE = 6
BY_SMS = 3


def line(turn: Turn, number: int, member: Member) -> str:
    place = places.place_of(member.place_code)
    return turn.say(
        "{number}. {name} · {unit} · {where}\n   {days} 天没有联系，{last}。{next_step}",
        number=number,
        name=member.name,
        unit=member.unit,
        where=place.short if place else turn.say("去向不明"),
        days=days_of(turn, member),
        last=last_heard(turn, member),
        next_step=next_step(turn, member),
    )


def buttons(
    turn: Turn, act: Act, sought: Sought, found: list[Member], start: int
) -> tuple[tuple[Choice, ...], ...]:
    def opens(number: int, member: Member) -> Choice:
        return Choice(numbered(number, member), Act(intent="open_file", about={"id": member.id}))

    named = [opens(number, member) for number, member in enumerate(found[:A_PAGE], start + 1)]
    rows = [tuple(named[i : i + 3]) for i in range(0, len(named), 3)]
    pages = _pages(turn, act, sought, found, start)
    return (*rows, pages) if pages else tuple(rows)


def _pages(turn: Turn, act: Act, sought: Sought, found: list[Member], start: int) -> tuple[Choice, ...]:
    """The ways to turn the page; the list stays one message that rewrites itself."""
    first = Choice(turn.say("回到开头"), replace(act, about={"from": "0"}))
    if len(found) <= A_PAGE:
        return (first,) if start else ()
    following = Choice(turn.say("下一页"), _following(act, sought, found[A_PAGE - 1], start + A_PAGE))
    return (first, following) if start else (following,)


def by_sms(turn: Turn, act: Act, sought: Sought, found: list[Member], total: int, head: str) -> Letter:
    """As many as one message holds; where more follow, it says how many and how to see them."""
    start = int(act.about.get("from", "0"))
    for n in range(min(BY_SMS, len(found)), 0, -1):
        left = total - start - n
        named = [
            Choice(
                short_name(turn.tongue, m.name, days_of(turn, m)), Act(intent="open_file", about={"id": m.id})
            )
            for m in found[:n]
        ]
        if left > 0:
            following = _following(act, sought, found[n - 1], start + n)
            named.append(Choice(turn.say("下一页"), following))
        words = turn.say("{head}还有{n}人，回“下一页”。", head=head, n=left) if left > 0 else head
        letter = Letter(chat=words or turn.say("最后几人："), choices=(tuple(named),))
        if short.fits(letter) or (n == 1 and left <= 0):
            return letter
    # Large figures leave no room for both: the list stays, and what it says of the whole is left out.
    return replace(letter, chat=turn.say("还有{n}人，回“下一页”。", n=left))


def _following(act: Act, sought: Sought, last_shown: Member, start: int) -> Act:
    return replace(act, about={"after": silence.page_mark(last_shown, sought), "from": str(start)})
