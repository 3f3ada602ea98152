"""A task ends once: by whoever did it, or by itself, when what it was about has come right."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, exists, literal, select, update

from storage.addresses import addresses
from storage.columns import Moment
from storage.database import Transaction
from storage.tasks import Outcome, Why, tasks


async def close(
    tx: Transaction,
    now: datetime,
    task_id: str,
    by: str,
    outcome: Outcome,
    why: Why | None = None,
    note: str = "",
) -> bool:
    """False where it was closed before."""
    sealed = tx.seal(note, task_id, "tasks.note") if note else None
    told = {"closed_by": by, "outcome": outcome, "why": why, "note": sealed}
    return await _close(tx, now, tasks.c.id == task_id, **told) > 0


async def told_later(tx: Transaction, now: datetime, task_id: str, by: str, outcome: Outcome) -> bool:
    """Nobody had been reached; now they were."""
    was_missed = (tasks.c.id == task_id) & (tasks.c.outcome == "not_reached")
    told = {"closed_at": now, "closed_by": by, "outcome": outcome, "why": None, "note": None}
    return bool((await tx.conn.execute(update(tasks).where(was_missed).values(**told))).rowcount)


async def open_again(tx: Transaction, now: datetime, task_id: str, owner_id: str, due_at: datetime) -> bool:
    """It was closed by a slip of whoever has it again now. False where it is open."""
    closed = (tasks.c.id == task_id) & tasks.c.closed_at.is_not(None)
    again = {"closed_at": None, "closed_by": None, "outcome": None, "why": None, "note": None}
    theirs = {"owner_id": owner_id, "given_at": now, "told_at": now, "due_at": due_at, "unasked_at": None}
    return bool((await tx.conn.execute(update(tasks).where(closed).values(**again, **theirs))).rowcount)


async def owner_need_not(tx: Transaction, now: datetime, task_id: str) -> None:
    """Somebody else closed it: whoever has it hears that they need not call."""
    known = (tasks.c.id == task_id) & tasks.c.told_at.is_not(None)
    await tx.conn.execute(update(tasks).where(known).values(unasked_at=now))


async def answered(tx: Transaction, now: datetime, campaign_id: str, person_id: str) -> None:
    """They have it after all: nobody needs to call them."""
    theirs = (tasks.c.member_id == person_id) & (tasks.c.campaign_id == campaign_id)
    await tx.conn.execute(update(tasks).where(theirs, tasks.c.closed_at.is_(None)).values(**by_itself(now)))


def by_itself(now: datetime) -> dict[str, Any]:
    """Of a task that ended so: whoever was asked to call somebody has to hear that they need not."""
    was_asked = tasks.c.told_at.is_not(None) & (tasks.c.kind == "tell")
    return {
        "closed_at": now,
        "outcome": "answered",
        "unasked_at": case((was_asked, literal(now, Moment))),
    }


async def number_is_right(
    tx: Transaction, now: datetime, address_id: str, outcome: Outcome = "cleared", by: str | None = None
) -> None:
    of_it = (tasks.c.address_id == address_id) & (tasks.c.kind == "number_wrong")
    await _close(tx, now, of_it, outcome=outcome, closed_by=by)


class OfOldNumber(NamedTuple):
    """An open task about a number that was changed meanwhile; `was_told`: its owner had been written to."""

    task_id: str
    owner_id: str
    member_id: str
    was_told: bool


async def about_old_numbers(tx: Transaction) -> list[OfOldNumber]:
    open_ones = _of_old_numbers() & tasks.c.closed_at.is_(None)
    told = (tasks.c.id, tasks.c.owner_id, tasks.c.member_id, tasks.c.told_at.is_not(None))
    rows = await tx.conn.execute(select(*told).where(open_ones).order_by(tasks.c.id))
    return [OfOldNumber(row[0], row[1] or "", row[2], bool(row[3])) for row in rows]


async def close_those_of_old_numbers(tx: Transaction, now: datetime) -> int:
    """Whoever has another number by now has told us what the task was to find out."""
    return await _close(tx, now, _of_old_numbers(), outcome="replaced")


def _of_old_numbers() -> ColumnElement[bool]:
    old = exists().where(addresses.c.id == tasks.c.address_id, addresses.c.ended_at.is_not(None))
    # A range of the index by address, which holds the tasks about numbers alone: the others are many.
    return (tasks.c.address_id > "") & old


async def _close(tx: Transaction, now: datetime, those: ColumnElement[bool], **told: Any) -> int:
    closed = await tx.conn.execute(
        update(tasks).where(those, tasks.c.closed_at.is_(None)).values(closed_at=now, **told)
    )
    return closed.rowcount
