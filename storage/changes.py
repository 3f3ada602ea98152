"""What changed in a file, from what to what, said by whom and when: the old value is kept. (S7)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, ForeignKey, Index, Row, Table, Text, insert, select

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.files import Member, members
from storage.viewer import Viewer

Field = Literal["address", "job", "phone", "quiet", "reason", "since"]

changes = Table(
    "changes",
    metadata,
    key(),
    Column("member_id", Text, ForeignKey("members.person_id"), nullable=False),
    Column("field", Text, nullable=False),
    Column("old", SealedBytes),
    Column("new", SealedBytes),
    Column("old_place", Text, nullable=False, default=""),
    Column("new_place", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
    Column("channel", Text, nullable=False),
    Column("by_id", Text, ForeignKey("people.id")),
    Index("ix_changes_member_at", "member_id", "at"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """`by_id` is who said it, None for a roster that an operator imported."""

    field: Field
    old: str
    new: str
    old_place: str
    new_place: str
    at: datetime
    channel: str
    by_id: str | None


async def record(tx: Transaction, member: Member, change: Change) -> None:
    made = tx.new_id(change.at)
    await tx.conn.execute(
        insert(changes).values(
            id=made,
            member_id=member.id,
            field=change.field,
            old=tx.seal(change.old, made, "changes.old"),
            new=tx.seal(change.new, made, "changes.new"),
            old_place=change.old_place,
            new_place=change.new_place,
            at=change.at,
            channel=change.channel,
            by_id=change.by_id,
        )
    )


async def history(tx: Transaction, viewer: Viewer, person_id: str, limit: int = 20) -> list[Change]:
    """Newest first."""
    rows = await tx.conn.execute(
        select(changes)
        .join(members, members.c.person_id == changes.c.member_id)
        .where(viewer.sees(members), changes.c.member_id == person_id)
        .order_by(changes.c.at.desc(), changes.c.id.desc())
        .limit(limit)
    )
    return [_change(tx, row) for row in rows]


async def latest(tx: Transaction, viewer: Viewer, person_id: str, field: Field) -> Change | None:
    """The last change of one field."""
    rows = await tx.conn.execute(
        select(changes)
        .join(members, members.c.person_id == changes.c.member_id)
        .where(viewer.sees(members), changes.c.member_id == person_id, changes.c.field == field)
        .order_by(changes.c.at.desc(), changes.c.id.desc())
        .limit(1)
    )
    row = rows.first()
    return _change(tx, row) if row else None


def _change(tx: Transaction, row: Row[tuple[object, ...]]) -> Change:
    return Change(
        field=row.field,
        old=tx.read(row.old, row.id, "changes.old"),
        new=tx.read(row.new, row.id, "changes.new"),
        old_place=row.old_place,
        new_place=row.new_place,
        at=row.at,
        channel=row.channel,
        by_id=row.by_id,
    )
