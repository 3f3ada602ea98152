"""The roster: each member's file as it stood when it came in, and the day they joined."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from bot.sandbox.district.officers import Officers, admit, liaison_of
from bot.sandbox.district.parts import Cast
from bot.sandbox.district.seats import Seat
from bot.sandbox.district.tree import Tree
from bot.sandbox.district.year import Calendar
from storage import addresses, members, people
from storage.database import Transaction
from storage.files import Member
from storage.viewer import the_programme

Enrolled = tuple[Seat, Member]


async def call_the_roll(
    tx: Transaction, days: Calendar, tree: Tree, officers: Officers, seats: list[Seat], cast: Cast
) -> list[str]:
    """The ids of all members, in the order of their seats."""
    ids: list[str] = []
    for number, seat in enumerate(seats):
        index = number - next(n for n, other in enumerate(seats) if other.branch == seat.branch)
        liaison = liaison_of(officers, seat.branch, index)
        ids.append(await _enrol(tx, days, tree, seat, liaison, cast.joined.chat_id))
    return ids


async def fill_in_files(
    tx: Transaction, rng: Random, days: Calendar, seats: list[Seat], ids: list[str]
) -> list[Enrolled]:
    """Write what the six-clear rule asks for; some of it is not known, as in any branch."""
    files = {member.id: member for member in await members.everyone(tx, the_programme())}
    enrolled = [(seat, files[person_id]) for seat, person_id in zip(seats, ids, strict=True)]
    for seat, member in enrolled:
        life = seat.life
        await members.note_texts(
            tx,
            member,
            address=life.address,
            employer=life.employer,
            job=life.job,
            reason=life.reason,
            quiet_reason=seat.quiet_reason,
        )
        await members.note_facts(
            tx,
            member,
            place_code=life.place,
            out_since=days.today - timedelta(days=seat.enrolled + rng.randint(20, 2900)),
            dues_until=_dues(rng, days.today, seat),
            joined_party_on=date(
                rng.randint(1986, 2021), rng.choice((6, 7, 7, 7, 11, 12)), rng.randint(1, 28)
            ),
        )
    return enrolled


async def _enrol(
    tx: Transaction, days: Calendar, tree: Tree, seat: Seat, liaison: str, chat_id: int | None
) -> str:
    on_the_roster = days.at(seat.enrolled, 10)
    made = await people.add(tx, on_the_roster, seat.name)
    await members.enrol(tx, on_the_roster, made, tree.branches[seat.branch], liaison)
    if seat.reached in ("telegram", "sms"):
        chat = chat_id if seat.reached == "telegram" else None
        await admit(tx, _joined_at(days, seat), made, seat.number, chat)
    elif seat.number:
        await addresses.add(tx, on_the_roster, made, "sms", seat.number)
    return made


def _joined_at(days: Calendar, seat: Seat) -> datetime:
    return days.at(seat.enrolled - 1 - int(seat.number[-2:]) % 12, 19, int(seat.number[-2:]) % 60)


def _dues(rng: Random, today: date, seat: Seat) -> date | None:
    """The first of the last month paid. Whoever is silent stopped paying soon after the last word."""
    if seat.reached == "never":
        return None
    behind = rng.choice((0, 0, 1, 1, 1, 2, 3)) * 30 + (seat.last_heard if seat.last_heard > 40 else 0)
    return (today - timedelta(days=behind)).replace(day=1)
