"""Rosters that were sent to the bot: looked at outside the turn, imported only when their sender says so.

The workbook itself is never kept: only how to fetch it, and that only until it is settled.

sent -> shown -> accepted -> imported, or refused, declined or expired.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    insert,
    or_,
    select,
    update,
)

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction

Settled = Literal["imported", "refused", "declined", "expired"]
State = Literal["sent", "shown", "accepted", "imported", "refused", "declined", "expired"]

# As long as an answer by number holds: who does not answer within a day looks at it anew.
HOLDS_FOR = timedelta(days=1)

sent_rosters = Table(
    "sent_rosters",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("file_id", SealedBytes),
    Column("state", Text, nullable=False),
    Column("report", Text),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_sent_rosters_report", "report"),
    Index("ix_sent_rosters_state_due", "state", "not_before"),
)


@dataclass(frozen=True, slots=True)
class SentRoster:
    """`file_id` is the door's own, by which the file is fetched; empty once it is settled."""

    id: str
    person_id: str
    channel: str
    file_id: str
    state: State
    attempts: int
    made_at: datetime


async def take_in(tx: Transaction, now: datetime, person_id: str, channel: str, file_id: str) -> str:
    """Note that somebody sent a workbook; what became of an earlier one of theirs is not asked again."""
    earlier = (sent_rosters.c.person_id == person_id) & sent_rosters.c.state.in_(("sent", "shown"))
    await tx.conn.execute(update(sent_rosters).where(earlier).values(_over("declined", now)))
    made = tx.new_id(now)
    await tx.conn.execute(
        insert(sent_rosters).values(
            id=made,
            person_id=person_id,
            channel=channel,
            file_id=tx.seal(file_id, made, "sent_rosters.file_id"),
            state="sent",
            attempts=0,
            not_before=now,
            made_at=now,
        )
    )
    return made


async def next_due(tx: Transaction, now: datetime) -> SentRoster | None:
    """The one that waits longest to be looked at or imported."""
    query = select(sent_rosters).where(_due(now))
    row = (await tx.conn.execute(query.order_by(sent_rosters.c.id).limit(1))).first()
    return _roster(tx, row) if row else None


async def of_person(tx: Transaction, person_id: str, roster_id: str) -> SentRoster | None:
    """As it stands now, where it is this person's own."""
    query = select(sent_rosters).where(sent_rosters.c.id == roster_id, sent_rosters.c.person_id == person_id)
    row = (await tx.conn.execute(query)).first()
    return _roster(tx, row) if row else None


async def move(tx: Transaction, now: datetime, roster_id: str, before: State, after: State) -> bool:
    """From one state to the next; False where it stands elsewhere by now, and nothing is to follow."""
    moved = await tx.conn.execute(
        update(sent_rosters)
        .where(sent_rosters.c.id == roster_id, sent_rosters.c.state == before)
        .values(state=after, attempts=0, not_before=now)
    )
    return bool(moved.rowcount)


async def settle(tx: Transaction, now: datetime, roster_id: str, before: State, how: Settled) -> bool:
    """It is over, and how to fetch the file is forgotten; False where it stands elsewhere by now."""
    settled = await tx.conn.execute(
        update(sent_rosters)
        .where(sent_rosters.c.id == roster_id, sent_rosters.c.state == before)
        .values(_over(how, now))
    )
    return bool(settled.rowcount)


async def put_off(tx: Transaction, roster: SentRoster, not_before: datetime) -> None:
    """The door or somebody else's import is in the way: once more, later."""
    await tx.conn.execute(
        update(sent_rosters)
        .where(sent_rosters.c.id == roster.id)
        .values(attempts=roster.attempts + 1, not_before=not_before)
    )


async def expire(tx: Transaction, now: datetime) -> int:
    """End those that were shown and not answered in time; how many."""
    ended = await tx.conn.execute(update(sent_rosters).where(_run_out(now)).values(_over("expired", now)))
    return ended.rowcount


async def is_work_left(tx: Transaction, now: datetime) -> bool:
    """Whether one is due, or one has run out."""
    query = select(sent_rosters.c.id).where(or_(_due(now), _run_out(now))).limit(1)
    return (await tx.conn.execute(query)).first() is not None


def _due(now: datetime) -> ColumnElement[bool]:
    return sent_rosters.c.state.in_(("sent", "accepted")) & (sent_rosters.c.not_before <= now)


def _run_out(now: datetime) -> ColumnElement[bool]:
    return (sent_rosters.c.state == "shown") & (sent_rosters.c.made_at <= now - HOLDS_FOR)


def _over(how: Settled, now: datetime) -> dict[str, object]:
    return {"state": how, "settled_at": now, "file_id": None}


def _roster(tx: Transaction, row: Row[tuple[object, ...]]) -> SentRoster:
    return SentRoster(
        id=row.id,
        person_id=row.person_id,
        channel=row.channel,
        file_id=tx.open(row.file_id, row.id, "sent_rosters.file_id"),
        state=row.state,
        attempts=row.attempts,
        made_at=row.made_at,
    )
