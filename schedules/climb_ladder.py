"""What did not arrive goes on: from the chat to the number, from the number to a voice. (S6)

Whoever blocked the chat, has a phone that is off, or a number that is nobody's any more, is told the
lesson all the same, and the sender sees by whom.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, timedelta

from content.rules.hours import next_allowed
from content.rules.ladder import (
    A_TASK_MAY_TAKE,
    A_WHILE,
    CHAT_PATIENCE,
    ONLY_CHAT_PATIENCE,
    SMS_PATIENCE,
    UNKNOWN_PATIENCE,
)
from content.rules.zones import zones_named
from storage import by_voice, holidays, ladder, ladder_page, task_owners
from storage.database import Transaction
from storage.feeding import Patience
from storage.ladder import Since
from storage.ladder_page import Page

# Whoever writes to us meanwhile waits for one page at most.
_AT_ONCE = 500
# A campaign that was called off leaves nobody waiting the same day.
_CALLED_OFF_SINCE = timedelta(days=7)
_PATIENCE = Patience(CHAT_PATIENCE, SMS_PATIENCE)


async def climb_ladder(tx: Transaction, now: datetime, gives_receipts: bool = True) -> int:
    """One page of work; how much it was. Call until there is none.

    Without `gives_receipts` a text message that was taken counts as arrived.
    """
    page = await ladder_page.next_page(tx, now, _AT_ONCE)
    if page is None:
        return await ladder.leave_out_of_cancelled(tx, now - _CALLED_OFF_SINCE, _AT_ONCE)
    return await _without_a_step(tx, now, page, gives_receipts) + await _step(tx, now, page)


async def _without_a_step(tx: Transaction, now: datetime, page: Page, gives_receipts: bool) -> int:
    """Nearly all of a page: set by set, however many they are."""
    done = await ladder.leave_in_peace(tx, page, gives_receipts)
    done += await ladder.leave_out(tx, now, page)
    done += await _wait_for_day(tx, now, page)
    since = Since(unknown=now - UNKNOWN_PATIENCE, alone=now - ONLY_CHAT_PATIENCE)
    return done + await ladder.wait_longer(tx, page, since, now + A_WHILE)


async def _wait_for_day(tx: Transaction, now: datetime, page: Page) -> int:
    done = 0
    zones = await ladder.sleeping_zones(tx, page)
    off: Container[date] = await holidays.known(tx) if zones else ()
    for zone in zones:
        opens = next_allowed(now, zones_named(zone), holidays=off)
        if opens > now:
            done += await ladder.wait_for_day(tx, page, zone, opens, _PATIENCE)
    return done


async def _step(tx: Transaction, now: datetime, page: Page) -> int:
    await ladder.call_off_what_waits(tx, now, page)
    done = await ladder.by_the_next_door(tx, now, page, _PATIENCE)
    told = await by_voice.by_voice(tx, now, page, now + A_TASK_MAY_TAKE)
    if told:
        await give_to_who_is_nearest(tx, now)
    return done + told


async def give_to_who_is_nearest(tx: Transaction, now: datetime) -> None:
    """Tasks opened now that no liaison has: where nobody answers for the member either, they are nobody's."""
    found = await task_owners.without_owner(tx, now)
    in_charge = await task_owners.in_charge(tx) if found else {}
    by_owner: dict[str, list[str]] = {}
    for one in found:
        if owner := task_owners.nearest(in_charge, one.unit_path, [one.member_id]):
            by_owner.setdefault(owner, []).append(one.id)
    for owner, task_ids in by_owner.items():
        await task_owners.give(tx, now, owner, task_ids, now + A_TASK_MAY_TAKE, raised=False)
