"""How the program is doing, in numbers: what waits and since when, what was put aside, what struck last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ColumnElement, func, select

from storage.database import Transaction
from storage.inbox import inbox
from storage.occurrences import occurrences
from storage.outbox import outbox


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and since when the oldest does; None where none waits."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """`dead` are messages that nobody could take, `last_slots` the last slot of each job by its name."""

    inbox: Waiting
    outbox: Waiting
    dead: int
    last_slots: Mapping[str, datetime]


async def pulse(tx: Transaction, now: datetime) -> Pulse:
    """Nobody is in it. A letter that is to go out later does not wait yet."""
    new = inbox.c.state == "new"
    due = outbox.c.state.in_(["pending", "sending"]) & (outbox.c.not_before <= now)
    return Pulse(
        inbox=await _waiting(tx, inbox.c.received_at, new),
        outbox=await _waiting(tx, outbox.c.not_before, due),
        dead=(await _waiting(tx, inbox.c.received_at, inbox.c.state == "dead")).count,
        last_slots=await _last_slots(tx),
    )


async def _waiting(tx: Transaction, since: Column[datetime], which: ColumnElement[bool]) -> Waiting:
    row = (await tx.conn.execute(select(func.count(), func.min(since)).where(which))).one()
    return Waiting(row[0], row[1])


async def _last_slots(tx: Transaction) -> dict[str, datetime]:
    query = select(occurrences.c.job, func.max(occurrences.c.slot)).group_by(occurrences.c.job)
    return {row[0]: row[1] for row in await tx.conn.execute(query)}
