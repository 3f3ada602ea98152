"""Whom a lesson was for, and what became of it person by person: sent, answered, not yet. (S5)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, select, update

from storage.columns import Moment, metadata
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.lessons import Sending, sending_of, sendings
from storage.once import insert_once
from storage.outbox import outbox
from storage.viewer import Viewer

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
class Outcome:
    """What became of a lesson for one person. `state` is the outbox's word."""

    member: Member
    channel: str
    state: str
    reason: str
    n: int | None
    right: bool | None


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
    return sending_of(row) if row else None


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
