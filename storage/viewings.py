"""Who opened whose file, and when. The member may always know. (S31)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Table, Text, func, insert, select

from storage.columns import Moment, key, metadata
from storage.database import Transaction
from storage.files import Member, members
from storage.viewer import Viewer

viewings = Table(
    "viewings",
    metadata,
    key(),
    Column("member_id", Text, ForeignKey("members.person_id"), nullable=False),
    Column("viewer_id", Text, ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_viewings_member_at", "member_id", "at"),
)


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who opened a file so many times, `last` of all then."""

    person_id: str
    times: int
    last: datetime


async def record(tx: Transaction, now: datetime, viewer: Viewer, member: Member) -> None:
    """Note that the viewer opened the file; a look at one's own is not noted."""
    if viewer.person_id and viewer.person_id != member.id:
        await tx.conn.execute(
            insert(viewings).values(
                id=tx.new_id(now), member_id=member.id, viewer_id=viewer.person_id, at=now
            )
        )


async def of_member(tx: Transaction, viewer: Viewer, person_id: str, limit: int = 5) -> list[Looker]:
    """Who looked, the latest first, each with how often."""
    last = func.max(viewings.c.at).label("last")
    rows = await tx.conn.execute(
        select(viewings.c.viewer_id, func.count().label("times"), last)
        .join(members, members.c.person_id == viewings.c.member_id)
        .where(viewer.sees(members), viewings.c.member_id == person_id)
        .group_by(viewings.c.viewer_id)
        .order_by(last.desc(), viewings.c.viewer_id)
        .limit(limit)
    )
    return [Looker(row.viewer_id, row.times, row.last) for row in rows]


async def how_many(tx: Transaction, viewer: Viewer, person_id: str) -> int:
    """How often the file was opened, by anybody."""
    query = (
        select(func.count())
        .select_from(viewings)
        .join(members, members.c.person_id == viewings.c.member_id)
        .where(viewer.sees(members), viewings.c.member_id == person_id)
    )
    return (await tx.conn.execute(query)).scalar_one()


async def record_all(tx: Transaction, now: datetime, viewer: Viewer, seen: Sequence[Member]) -> None:
    """Note a look at each of many files at once, as a ledger gives it."""
    rows = [
        {"id": tx.new_id(now), "member_id": member.id, "viewer_id": viewer.person_id, "at": now}
        for member in seen
        if viewer.person_id and viewer.person_id != member.id
    ]
    if rows:
        await tx.conn.execute(insert(viewings), rows)
