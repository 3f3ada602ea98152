"""Numbers that seem wrong: two letters failed for good, and not in one wave. (S2)

The address is shut, never the person.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, cast, exists, func, insert, literal, select, update

from content.rules.ladder import A_NUMBER_RESTS, INDEPENDENT
from content.rules.receipts import meaning_of
from storage import addresses as known
from storage import task_closing
from storage.addresses import addresses
from storage.columns import Moment
from storage.database import Transaction
from storage.files import members
from storage.outbox import outbox
from storage.task_owners import reachable_liaison
from storage.tasks import tasks


async def failed_by_receipt(tx: Transaction, now: datetime, letter_id: str, reason: str) -> None:
    """What a receipt says of the address: the letter itself is seen to elsewhere."""
    if meaning_of(reason).then != "suspend":
        return
    query = select(outbox.c.address_id).where(outbox.c.id == letter_id)
    address_id = (await tx.conn.execute(query)).scalar_one_or_none()
    if address_id:
        await failed_for_good(tx, now, address_id, letter_id, reason)


async def failed_for_good(
    tx: Transaction, now: datetime, address_id: str, letter_id: str, reason: str
) -> None:
    """Shut the address. Where the number is said to be wrong it rests at first, and is then tried again."""
    row = (await tx.conn.execute(select(addresses).where(addresses.c.id == address_id))).one()
    if row.channel != "sms" or not meaning_of(reason).number_wrong:
        await known.suspend(tx, now, address_id, reason)
    elif row.failed_at is None:
        await known.suspend(tx, now, address_id, reason, now + A_NUMBER_RESTS)
        await _set(tx, address_id, failed_at=now, failed_letter=letter_id)
    elif row.failed_letter == letter_id or now - row.failed_at < INDEPENDENT:
        await known.suspend(tx, now, address_id, reason, now + A_NUMBER_RESTS)
    else:
        await known.suspend(tx, now, address_id, reason)
        await doubt(tx, now, address_id, reason)


async def doubt(tx: Transaction, now: datetime, address_id: str, reason: str) -> None:
    """The number is suspect: the file shows it, and somebody is to find out."""
    suspect = {
        "suspect_at": func.coalesce(addresses.c.suspect_at, literal(now, Moment)),
        "suspect_for": reason,
    }
    await _set(tx, address_id, **suspect)


async def said_wrong(tx: Transaction, now: datetime, address_id: str) -> None:
    """Whoever called it heard somebody else: what we write there a stranger reads."""
    await known.suspend(tx, now, address_id, "said_wrong")
    await doubt(tx, now, address_id, "said_wrong")


async def said_right(tx: Transaction, now: datetime, address_id: str, by: str) -> None:
    """The liaison asked: it is theirs, and is written to again."""
    await known.revive(tx, address_id)
    await task_closing.number_is_right(tx, now, address_id, "right", by)


async def wake_the_rested(tx: Transaction, now: datetime) -> int:
    """Numbers whose rest is over are written to again."""
    awake = {"suspended_at": None, "suspended_for": None, "suspended_until": None}
    woken = await tx.conn.execute(update(addresses).where(addresses.c.suspended_until <= now).values(awake))
    return woken.rowcount


async def open_tasks(tx: Transaction, now: datetime, due_at: datetime) -> int:
    """A task for each suspect number that has none yet; how many were opened."""
    made: dict[str, ColumnElement[Any]] = {
        # Suspected anew after it was cleared, it is a task anew.
        "id": addresses.c.id + "." + cast(cast(addresses.c.suspect_at, BigInteger), String),
        "kind": literal("number_wrong"),
        "member_id": addresses.c.person_id,
        "owner_id": reachable_liaison(),
        "address_id": addresses.c.id,
        "cause": addresses.c.suspect_for,
        "opened_at": literal(now, Moment),
        "given_at": literal(now, Moment),
        "due_at": literal(due_at, Moment),
        "raised": literal(0),
    }
    known_already = exists().where(
        tasks.c.address_id == addresses.c.id, tasks.c.opened_at >= addresses.c.suspect_at
    )
    rows = (
        select(*made.values())
        .select_from(addresses)
        .join(members, members.c.person_id == addresses.c.person_id)
        .where(addresses.c.suspect_at.is_not(None), addresses.c.ended_at.is_(None), ~known_already)
    )
    return (await tx.conn.execute(insert(tasks).from_select(list(made), rows))).rowcount


async def _set(tx: Transaction, address_id: str, **values: Any) -> None:
    await tx.conn.execute(update(addresses).where(addresses.c.id == address_id).values(**values))


async def proven(tx: Transaction, now: datetime, address_id: str) -> None:
    """A word came from it: it works, it is theirs, and nobody needs to look for another."""
    await known.revive(tx, address_id)
    await task_closing.number_is_right(tx, now, address_id)


async def not_said_wrong(tx: Transaction, now: datetime, address_id: str, by: str) -> None:
    """That a stranger answered was said by a slip; what the company said of the number stays."""
    query = select(addresses.c.suspended_for).where(addresses.c.id == address_id)
    if (await tx.conn.execute(query)).scalar_one() == "said_wrong":
        await said_right(tx, now, address_id, by)


async def doubted_all_along(tx: Transaction, task_id: str) -> None:
    """That it was right was said by a slip: it is as suspect as when its task was opened."""
    query = select(tasks.c.address_id, tasks.c.opened_at, tasks.c.cause).where(tasks.c.id == task_id)
    row = (await tx.conn.execute(query)).first()
    if row and row.address_id:
        await known.suspend(tx, row.opened_at, row.address_id, row.cause)
        await _set(tx, row.address_id, suspect_at=row.opened_at, suspect_for=row.cause)
