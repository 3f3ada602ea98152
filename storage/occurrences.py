"""One row for each time a job struck, unique on (job, slot): no restart and no second process doubles it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Table, Text, delete, func, select

from storage.columns import Moment, metadata
from storage.database import Transaction
from storage.once import insert_once

occurrences = Table(
    "occurrences",
    metadata,
    Column("job", Text, primary_key=True),
    Column("slot", Moment, primary_key=True),
    Column("struck_at", Moment, nullable=False),
)


async def last_slot(tx: Transaction, job: str) -> datetime | None:
    rows = await tx.conn.execute(select(func.max(occurrences.c.slot)).where(occurrences.c.job == job))
    last: datetime | None = rows.scalar_one_or_none()
    return last


async def forget_ahead(tx: Transaction, job: str, after: datetime) -> int:
    """Take back the slots later than `after`; how many. Only a clock that went wrong can have struck them."""
    ahead = occurrences.c.slot > after
    return (await tx.conn.execute(delete(occurrences).where(occurrences.c.job == job, ahead))).rowcount


async def strike(tx: Transaction, now: datetime, job: str, slot: datetime) -> bool:
    """Take a slot for this transaction; False where it was taken before."""
    return bool(await insert_once(tx, occurrences, {"job": job, "slot": slot, "struck_at": now}))
