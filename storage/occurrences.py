"""One row for each time a job strikes, unique on (job, local slot): no restart or second process doubles it.

The local slot is the time on the wall: an hour that comes twice, as clocks are put back, has one row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Column, ColumnElement, Table, Text, delete, func, select, update

from storage.columns import Moment, metadata
from storage.database import Transaction
from storage.once import insert_once

# "begun": some of its pages are done, or its work was undone; "made up": by the one that came after it.
# "from here": no slot at all, but the moment from which on slots count.
Outcome = Literal["begun", "done", "made up", "let go", "from here"]

# Of no job: when the program was at work. See storage/running.py.
THE_PROGRAM = "the program"

occurrences = Table(
    "occurrences",
    metadata,
    Column("job", Text, primary_key=True),
    Column("local_slot", Text, primary_key=True),
    Column("slot", Moment, nullable=False),
    Column("struck_at", Moment, nullable=False),
    Column("outcome", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """`local` is the time on the wall, "2026-11-02T09:00:00"; with an offset it is a mark and no slot."""

    local: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class LetGo:
    """How many slots of a job were let go, and the last of them."""

    n: int
    last: datetime


def mark(now: datetime) -> Slot:
    return Slot(now.astimezone(UTC).isoformat(timespec="seconds"), now)


async def count_from(tx: Transaction, now: datetime, job: str) -> None:
    """Nothing that lies before is made up for."""
    await _note(tx, now, job, [mark(now)], "from here")


async def last_slot(tx: Transaction, job: str, now: datetime) -> Slot | None:
    """The last one up to now that is settled. What a clock that ran ahead struck is not looked at."""
    settled = (occurrences.c.job == job) & (occurrences.c.slot <= now) & (occurrences.c.outcome != "begun")
    order = occurrences.c.slot.desc(), occurrences.c.local_slot.desc()
    query = select(occurrences.c.local_slot, occurrences.c.slot).where(settled).order_by(*order).limit(1)
    row = (await tx.conn.execute(query)).one_or_none()
    return Slot(row.local_slot, row.slot) if row else None


async def forget_ahead(tx: Transaction, job: str, after: datetime) -> int:
    """Take back the slots later than `after`; how many. Only a clock that went wrong can have struck them."""
    ahead = occurrences.c.slot > after
    return (await tx.conn.execute(delete(occurrences).where(occurrences.c.job == job, ahead))).rowcount


async def take(tx: Transaction, now: datetime, job: str, slot: Slot) -> bool:
    """Take a slot for this transaction; False where its work is done. Another process waits for its end."""
    if await _note(tx, now, job, [slot], "begun"):
        return True
    query = select(occurrences.c.outcome).where(_is(job, slot)).with_for_update()
    return (await tx.conn.execute(query)).scalar_one_or_none() == "begun"


async def settle(tx: Transaction, now: datetime, job: str, slot: Slot) -> None:
    """The work of a slot that was taken is done."""
    await tx.conn.execute(update(occurrences).where(_is(job, slot)).values(outcome="done", struck_at=now))


async def pass_over(
    tx: Transaction, now: datetime, job: str, slots: Sequence[Slot], outcome: Literal["made up", "let go"]
) -> None:
    """Those whose own work is not done: it is done with the next one's, or not at all."""
    await _note(tx, now, job, slots, outcome)
    locals_ = [slot.local for slot in slots]
    begun = (occurrences.c.job == job) & (occurrences.c.outcome == "begun")
    began = begun & occurrences.c.local_slot.in_(locals_)
    await tx.conn.execute(update(occurrences).where(began).values(outcome=outcome, struck_at=now))


async def let_go(tx: Transaction, since: datetime) -> Mapping[str, LetGo]:
    """By job, what was let go since then: somebody has to know of it."""
    lately = (occurrences.c.outcome == "let go") & (occurrences.c.struck_at >= since)
    query = select(occurrences.c.job, func.count().label("n"), func.max(occurrences.c.slot).label("last"))
    rows = await tx.conn.execute(query.where(lately).group_by(occurrences.c.job).order_by(occurrences.c.job))
    return {row.job: LetGo(row.n, row.last) for row in rows}


async def _note(tx: Transaction, now: datetime, job: str, slots: Sequence[Slot], outcome: Outcome) -> int:
    rows = [
        {"job": job, "local_slot": slot.local, "slot": slot.moment, "struck_at": now, "outcome": outcome}
        for slot in slots
    ]
    return await insert_once(tx, occurrences, *rows)


def _is(job: str, slot: Slot) -> ColumnElement[bool]:
    return (occurrences.c.job == job) & (occurrences.c.local_slot == slot.local)
