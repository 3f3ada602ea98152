"""Lessons that were sent or are planned, and what became of them person by person. (S5)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Row, Table, Text, func, insert, select, update

from storage.columns import Moment, key, metadata
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.once import insert_once
from storage.outbox import outbox
from storage.people import people
from storage.viewer import Viewer

sendings = Table(
    "lesson_sendings",
    metadata,
    key(),
    Column("slug", Text, nullable=False),
    Column("made_by", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("planned_for", Moment, nullable=False, index=True),
    Column("sent_at", Moment),
    Column("cancelled_at", Moment),
)

recipients = Table(
    "lesson_recipients",
    metadata,
    Column("sending_id", Text, ForeignKey("lesson_sendings.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("n", Integer),
    Column("right", Boolean),
    Column("answered_at", Moment),
)


@dataclass(frozen=True, slots=True)
class Sending:
    id: str
    slug: str
    made_by: str
    planned_for: datetime
    sent_at: datetime | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a lesson for one person. `state` is the outbox's word."""

    member: Member
    channel: str
    state: str
    reason: str
    n: int | None
    right: bool | None


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
    return _sending(row) if row else await plan(tx, now, made_by, slug, planned_for)


async def due(tx: Transaction, now: datetime) -> list[Sending]:
    """Planned lessons whose time has come, locked: nobody is told "called off" while one goes out."""
    rows = await tx.conn.execute(
        select(sendings)
        .where(sendings.c.planned_for <= now, sendings.c.sent_at.is_(None), sendings.c.cancelled_at.is_(None))
        .order_by(sendings.c.planned_for)
        .with_for_update(skip_locked=True)
    )
    return [_sending(row) for row in rows]


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
    """Call off a planned lesson; False where it went out already."""
    called_off = await tx.conn.execute(
        update(sendings)
        .where(sendings.c.id == sending.id, sendings.c.sent_at.is_(None))
        .values(cancelled_at=now)
    )
    return bool(called_off.rowcount)


async def address_to(tx: Transaction, sending: Sending, person_id: str) -> None:
    """The person is among those a lesson is for."""
    await insert_once(tx, recipients, {"sending_id": sending.id, "person_id": person_id})


async def answer(
    tx: Transaction, now: datetime, sending_id: str, person_id: str, n: int, right: bool
) -> bool:
    """Note an answer; the first one counts, and False says that there was one, or that nobody asked."""
    noted = await tx.conn.execute(
        update(recipients)
        .where(
            recipients.c.sending_id == sending_id,
            recipients.c.person_id == person_id,
            recipients.c.answered_at.is_(None),
        )
        .values(n=n, right=right, answered_at=now)
    )
    return bool(noted.rowcount)


async def by_id(tx: Transaction, sending_id: str) -> Sending | None:
    row = (await tx.conn.execute(select(sendings).where(sendings.c.id == sending_id))).first()
    return _sending(row) if row else None


async def made_by(tx: Transaction, person_id: str, limit: int = 8) -> list[Sending]:
    """A sender's lessons, newest first."""
    rows = await tx.conn.execute(
        select(sendings).where(sendings.c.made_by == person_id).order_by(sendings.c.id.desc()).limit(limit)
    )
    return [_sending(row) for row in rows]


async def latest_for(tx: Transaction, person_id: str) -> Sending | None:
    """The lesson that was sent last to this person."""
    rows = await tx.conn.execute(
        select(sendings)
        .join(recipients, recipients.c.sending_id == sendings.c.id)
        .where(recipients.c.person_id == person_id, sendings.c.sent_at.is_not(None))
        .order_by(sendings.c.sent_at.desc(), sendings.c.id.desc())
        .limit(1)
    )
    row = rows.first()
    return _sending(row) if row else None


async def outcomes(tx: Transaction, viewer: Viewer, sending_id: str) -> list[Outcome]:
    """Person by person what became of a lesson, of those whom the viewer sees."""
    # A member's file has a reason too, for going away; without its label the one would hide the other.
    failed_for = outbox.c.reason.label("failed_for")
    query = (
        files(viewer)
        .add_columns(recipients.c.n, recipients.c.right, outbox.c.channel, outbox.c.state, failed_for)
        .join(recipients, recipients.c.person_id == members.c.person_id)
        .join(outbox, (outbox.c.cause == sending_id) & (outbox.c.person_id == members.c.person_id))
        .where(recipients.c.sending_id == sending_id)
        .order_by(recipients.c.answered_at.is_not(None), outbox.c.state, members.c.person_id)
    )
    return [
        Outcome(
            member=member_of(tx, row),
            channel=row.channel,
            state=row.state,
            reason=row.failed_for or "",
            n=row.n,
            right=row.right,
        )
        for row in await tx.conn.execute(query)
    ]


def _sending(row: Row[tuple[object, ...]]) -> Sending:
    return Sending(
        id=row.id,
        slug=row.slug,
        made_by=row.made_by,
        planned_for=row.planned_for,
        sent_at=row.sent_at,
        cancelled=row.cancelled_at is not None,
    )
