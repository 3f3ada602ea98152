"""What must not go out now, or at all, though its turn has come: put where it belongs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import update

from content.rules.hours import next_allowed
from content.rules.receipts import is_ours
from content.rules.zones import zones_named
from storage import post
from storage.campaign_life import HALTED
from storage.database import Transaction
from storage.due_letters import DueLetter
from storage.holidays import Calendar
from storage.outbox import outbox
from storage.recipients import stumbled


async def without_what_is_put_aside(
    tx: Transaction, now: datetime, letters: Sequence[DueLetter], calendar: Calendar
) -> list[DueLetter]:
    """Those that may go out; the others are sent round, held, given up, or left to sleep."""
    asleep = await _asleep_now(tx, now, letters, calendar)
    fine = [one for one in letters if not one.needs_a_look and one.zone not in asleep]
    if len(fine) == len(letters):
        return fine
    aside = [one.id for one in letters if await _is_put_aside(tx, now, one, asleep)]
    return [one for one in letters if one.id not in aside]


async def give_up(tx: Transaction, now: datetime, letter: DueLetter, reason: str) -> None:
    await _put(tx, letter, state="failed", reason=reason, settled_at=now)
    await stumbled(tx, now, letter.id)


async def _asleep_now(
    tx: Transaction, now: datetime, letters: Sequence[DueLetter], calendar: Calendar
) -> dict[str, datetime]:
    """For each of the zones in question in which it is night or a holiday's morning: when that is over."""
    zones = {letter.zone for letter in letters if letter.zone}
    if not zones:
        return {}
    off = await calendar.known(tx, now)
    opens = {zone: next_allowed(now, zones_named(zone), holidays=off) for zone in zones}
    return {zone: moment for zone, moment in opens.items() if moment > now}


async def _is_put_aside(
    tx: Transaction, now: datetime, letter: DueLetter, asleep: Mapping[str, datetime]
) -> bool:
    for applies, put_aside in _IN_THIS_ORDER if letter.needs_a_look else ():
        if applies(letter, now):
            await put_aside(tx, now, letter)
            return True
    if letter.zone in asleep:
        await _put(tx, letter, state="pending", not_before=asleep[letter.zone])
    return letter.zone in asleep


def _may_have_come_twice(letter: DueLetter, _now: datetime) -> bool:
    return bool(letter.state == "sending" and letter.unsure)


def _is_halted(letter: DueLetter, _now: datetime) -> bool:
    return letter.campaign_state in HALTED


def _is_over(letter: DueLetter, now: datetime) -> bool:
    return letter.expires_at is not None and letter.expires_at <= now


def _is_unwanted(letter: DueLetter, _now: datetime) -> bool:
    return bool(letter.is_unwanted)


def _is_shut(letter: DueLetter, _now: datetime) -> bool:
    return bool(letter.is_shut)


async def _leave_unknown(tx: Transaction, now: datetime, letter: DueLetter) -> None:
    await _put(tx, letter, state="unknown", reason="lease_ran_out", sent_at=letter.sent_at or now)


async def _hold(tx: Transaction, now: datetime, letter: DueLetter) -> None:
    if letter.campaign_state == "paused":
        await _put(tx, letter, state="held")
    else:
        await give_up(tx, now, letter, "cancelled")


async def _expire(tx: Transaction, now: datetime, letter: DueLetter) -> None:
    """What kept it until then is said: an account that was empty is not the reader's fault."""
    kept_by_us = letter.reason if letter.reason and is_ours(letter.reason) else ""
    await give_up(tx, now, letter, kept_by_us or "expired")


async def _respect(tx: Transaction, now: datetime, letter: DueLetter) -> None:
    await give_up(tx, now, letter, "stopped")


async def _go_round(tx: Transaction, now: datetime, letter: DueLetter) -> None:
    """The address was shut since the promise was made: the person's next one, if there is any."""
    door = None
    if letter.person_id:
        door = await post.best_door(tx, letter.person_id, but_not=letter.address_id or "")
    if door is None:
        await give_up(tx, now, letter, "no_address")
    else:
        await _put(tx, letter, state="pending", not_before=now)
        await post.move(tx, letter.id, door)


_Applies = Callable[[DueLetter, datetime], bool]
_PutAside = Callable[[Transaction, datetime, DueLetter], Awaitable[None]]
_IN_THIS_ORDER: tuple[tuple[_Applies, _PutAside], ...] = (
    (_may_have_come_twice, _leave_unknown),
    (_is_halted, _hold),
    (_is_over, _expire),
    (_is_unwanted, _respect),
    (_is_shut, _go_round),
)


async def _put(tx: Transaction, letter: DueLetter, **values: object) -> None:
    await tx.conn.execute(
        update(outbox)
        .where(outbox.c.id == letter.id)
        .values(lease_until=None, unsure=letter.unsure + (letter.state == "sending"), **values)
    )
