"""Open tasks follow their member: to the new liaison, and away once the letter has arrived. (S4, S6)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.letter import Letter
from content.rules.ladder import A_TASK_MAY_TAKE
from content.words.catalogue import tongue
from content.words.task_over import handed_over, need_not_call, thanks
from storage import offices, people, post, task_follows, task_owners
from storage.database import Transaction
from storage.task_owners import Ownerless
from storage.viewer import the_programme

_AT_ONCE = 200


async def follow_tasks(tx: Transaction, now: datetime) -> int:
    """One page of work; how much it was. Call until there is none."""
    done = await task_follows.close_what_arrived(tx, now)
    done += await task_follows.close_what_is_over(tx, now)
    done += await _to_their_liaison(tx, now)
    done += await _to_whoever_answers(tx, now)
    return done + await _say_who_need_not_call(tx, now)


async def _to_their_liaison(tx: Transaction, now: datetime) -> int:
    """The new one hears of them as of any task; the one before, of those that they knew of."""
    handed = await task_follows.with_a_former_liaison(tx, _AT_ONCE)
    for owner in sorted({one.new_owner for one in handed}):
        ids = [one.task_id for one in handed if one.new_owner == owner]
        await task_owners.give(tx, now, owner, ids, now + A_TASK_MAY_TAKE, raised=False)
    for owner in sorted({one.old_owner for one in handed if one.known}):
        ids = [one.task_id for one in handed if one.old_owner == owner and one.known]
        await _say_handed_over(tx, now, owner, ids)
    return len(handed)


async def _say_handed_over(tx: Transaction, now: datetime, owner: str, ids: Sequence[str]) -> None:
    found = await task_follows.by_ids(tx, the_programme(), ids)
    letter = handed_over(tongue(await people.language_of(tx, owner)), [one.member.name for one in found])
    await _write(tx, now, owner, letter, "handed_over")


async def _to_whoever_answers(tx: Transaction, now: datetime) -> int:
    """Their liaison is gone and nobody came instead: those who answer for the branch."""
    found = await task_follows.of_nobody_s_member(tx, _AT_ONCE)
    in_charge = await task_owners.in_charge(tx) if found else {}
    given: list[Ownerless] = []
    for one in found:
        if owner := task_owners.nearest(in_charge, one.unit_path, [one.member_id, one.owner_id]):
            await task_owners.give(tx, now, owner, [one.id], now + A_TASK_MAY_TAKE, raised=False)
            given.append(one)
    for owner in sorted({one.owner_id for one in given if one.owner_id}):
        await _say_given_away(tx, now, owner, [one.id for one in given if one.owner_id == owner])
    return len(given)


async def _say_given_away(tx: Transaction, now: datetime, owner: str, ids: Sequence[str]) -> None:
    """Whoever holds no office any more is thanked, and reads no name."""
    if await offices.offices_of(tx, owner):
        await _say_handed_over(tx, now, owner, ids)
    else:
        await _write(tx, now, owner, thanks(tongue(await people.language_of(tx, owner))), "thanks")


async def _say_who_need_not_call(tx: Transaction, now: datetime) -> int:
    owners = await task_follows.needless(tx, now - task_follows.TOGETHER)
    for owner in owners:
        found = await task_follows.needless_of(tx, the_programme(), owner)
        by_end: dict[str, list[str]] = {}
        for one in found:
            by_end.setdefault(one.outcome or "answered", []).append(one.member.name)
        letter = need_not_call(tongue(await people.language_of(tx, owner)), by_end)
        await task_follows.unasked(tx, owner)
        await _write(tx, now, owner, letter, "need_not_call")
    return len(owners)


async def _write(tx: Transaction, now: datetime, owner: str, letter: Letter, mark: str) -> None:
    await post.tell(tx, now, owner, letter, "notice", f"{mark}:{owner}:{now.isoformat()}")
