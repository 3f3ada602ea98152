"""Changes of address and of work during the year, with what was there before. (S7)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from bot.sandbox.district.lives import Life, life_before
from bot.sandbox.district.roll import Enrolled
from storage.changes import Change
from storage.contacts import Contact
from storage.files import Member

_ONE_IN, _ENOUGH = 4, 4


def with_moves(
    rng: Random, told: Iterable[tuple[Enrolled, list[Contact]]]
) -> tuple[list[tuple[Enrolled, list[Contact]]], list[tuple[Member, Change]]]:
    """The contacts, some of them now words of a change, and those changes in the order of time."""
    kept, moves = [], []
    for number, ((seat, member), heard) in enumerate(told):
        if number % _ONE_IN or len(heard) < _ENOUGH or seat.reached == "by_liaison":
            kept.append(((seat, member), heard))
            continue
        place = rng.randrange(len(heard) // 2, len(heard) - 1)
        retold = _told_at(heard, place, seat.reached, member)
        kept.append(((seat, member), retold))
        changes = _changes(rng, retold[place], life_before(rng, seat.life), seat.life)
        moves += [(member, change) for change in changes]
    return kept, sorted(moves, key=lambda move: move[1].at)


def _told_at(heard: list[Contact], place: int, channel: str, member: Member) -> list[Contact]:
    word = replace(heard[place], kind="change", channel=channel, by_id=member.id, note="")
    return [*heard[:place], word, *heard[place + 1 :]]


def _changes(rng: Random, word: Contact, before: Life, after: Life) -> list[Change]:
    """Whoever moves has new work as a rule; whoever has new work need not move."""
    was, now_is = f"{before.employer} {before.job}", f"{after.employer} {after.job}"
    job = Change("job", was, now_is, "", "", word.at, word.channel, word.by_id)
    move = replace(
        job,
        field="address",
        old=before.address,
        new=after.address,
        old_place=before.place,
        new_place=after.place,
    )
    if word.channel == "telegram":
        return [job, move]  # of the member on the page a visitor should see both
    return rng.choice([[job], [move], [job, move]]) if after.address else [job]
