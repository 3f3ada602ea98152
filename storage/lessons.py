"""Lessons that were sent or are planned. (S5)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Row, Table, Text, func, insert, select, update

from storage.columns import Moment, key, metadata
from storage.database import Transaction
from storage.people import people
from storage.units import units

# The same order given twice within so long was given by accident.
A_REPEAT = timedelta(minutes=1)

sendings = Table(
    "lesson_sendings",
    metadata,
    key(),
    Column("slug", Text, nullable=False),
    # Whoever sent it from the chat; of one sent at the command line, the unit it is for.
    Column("made_by", Text, ForeignKey("people.id"), index=True),
    Column("unit_id", Text, ForeignKey("units.id")),
    Column("made_at", Moment, nullable=False),
    Column("planned_for", Moment, nullable=False, index=True),
    Column("sent_at", Moment),
    Column("cancelled_at", Moment),
)


@dataclass(frozen=True, slots=True)
class Sending:
    """For all whom `made_by` answers for; where an operator made it, for all of the unit `unit_id`."""

    id: str
    slug: str
    made_by: str | None
    planned_for: datetime
    sent_at: datetime | None
    cancelled: bool
    unit_id: str | None = None


async def plan(tx: Transaction, now: datetime, made_by: str, slug: str, planned_for: datetime) -> Sending:
    made = tx.new_id(now)
    await tx.conn.execute(
        insert(sendings).values(id=made, slug=slug, made_by=made_by, made_at=now, planned_for=planned_for)
    )
    return Sending(made, slug, made_by, planned_for, None, False)


async def plan_once(
    tx: Transaction, now: datetime, made_by: str, slug: str, planned_for: datetime
) -> Sending:
    """The sender's plan for this lesson and moment; a second tap on the button finds the first one's."""
    # Both taps may be worked off at once: the second waits here, else everybody gets the lesson twice.
    await tx.conn.execute(select(people.c.id).where(people.c.id == made_by).with_for_update())
    rows = await tx.conn.execute(
        select(sendings).where(
            sendings.c.made_by == made_by,
            sendings.c.slug == slug,
            sendings.c.planned_for == planned_for,
            sendings.c.cancelled_at.is_(None),
        )
    )
    row = rows.first()
    return sending_of(row) if row else await plan(tx, now, made_by, slug, planned_for)


async def plan_for_unit(
    tx: Transaction, now: datetime, unit_id: str, slug: str, planned_for: datetime
) -> Sending | None:
    """An operator's plan; None where the same lesson for the same unit stands within a minute of it."""
    # Two commands at once: the second waits here, and then finds the first one's plan.
    await tx.conn.execute(select(units.c.id).where(units.c.id == unit_id).with_for_update())
    same = select(sendings.c.id).where(
        sendings.c.unit_id == unit_id,
        sendings.c.slug == slug,
        sendings.c.planned_for > planned_for - A_REPEAT,
        sendings.c.planned_for < planned_for + A_REPEAT,
        sendings.c.cancelled_at.is_(None),
    )
    if (await tx.conn.execute(same.limit(1))).first():
        return None
    made = tx.new_id(now)
    row = {"id": made, "slug": slug, "unit_id": unit_id, "made_at": now, "planned_for": planned_for}
    await tx.conn.execute(insert(sendings).values(row))
    return Sending(made, slug, None, planned_for, None, False, unit_id)


async def due(tx: Transaction, now: datetime) -> list[Sending]:
    """Planned lessons whose time has come, locked: nobody is told "called off" while one goes out."""
    rows = await tx.conn.execute(
        select(sendings)
        .where(sendings.c.planned_for <= now, sendings.c.sent_at.is_(None), sendings.c.cancelled_at.is_(None))
        .order_by(sendings.c.planned_for)
        .with_for_update(skip_locked=True)
    )
    return [sending_of(row) for row in rows]


async def next_planned(tx: Transaction, after: datetime) -> datetime | None:
    """When the next lesson is to go out, of those planned for later than `after`."""
    rows = await tx.conn.execute(
        select(func.min(sendings.c.planned_for)).where(
            sendings.c.planned_for > after, sendings.c.sent_at.is_(None), sendings.c.cancelled_at.is_(None)
        )
    )
    planned: datetime | None = rows.scalar_one_or_none()
    return planned


async def mark_sent(tx: Transaction, now: datetime, sending: Sending) -> None:
    await tx.conn.execute(update(sendings).where(sendings.c.id == sending.id).values(sent_at=now))


async def cancel(tx: Transaction, now: datetime, sending: Sending) -> bool:
    """Call off a planned lesson; False where it went out already, or was called off."""
    called_off = await tx.conn.execute(
        update(sendings)
        .where(sendings.c.id == sending.id, sendings.c.sent_at.is_(None), sendings.c.cancelled_at.is_(None))
        .values(cancelled_at=now)
    )
    return bool(called_off.rowcount)


async def by_id(tx: Transaction, sending_id: str) -> Sending | None:
    row = (await tx.conn.execute(select(sendings).where(sendings.c.id == sending_id))).first()
    return sending_of(row) if row else None


async def made_by(tx: Transaction, person_id: str, limit: int = 8) -> list[Sending]:
    """A sender's lessons, newest first."""
    rows = await tx.conn.execute(
        select(sendings).where(sendings.c.made_by == person_id).order_by(sendings.c.id.desc()).limit(limit)
    )
    return [sending_of(row) for row in rows]


def sending_of(row: Row[tuple[object, ...]]) -> Sending:
    """The sending in a row of `sendings`."""
    return Sending(
        id=row.id,
        slug=row.slug,
        made_by=row.made_by,
        planned_for=row.planned_for,
        sent_at=row.sent_at,
        cancelled=row.cancelled_at is not None,
        unit_id=row.unit_id,
    )
