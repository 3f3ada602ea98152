"""Contacts of every kind, in one register: what a member sent, and what a liaison did. (S4, S9)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Column, ForeignKey, Index, Row, Table, Text, insert, select, update

from content.rules.silence import is_away
from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.files import Member, members
from storage.members import set_deadlines
from storage.viewer import Viewer

Kind = Literal["check_in", "word", "change", "answer", "help", "call", "visit", "message", "not_reached"]

contacts = Table(
    "contacts",
    metadata,
    key(),
    Column("member_id", Text, ForeignKey("members.person_id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("by_id", Text, ForeignKey("people.id"), nullable=False),
    Column("note", SealedBytes),
    Index("ix_contacts_member_at", "member_id", "at"),
)

_REGISTER = insert(contacts)


@dataclass(frozen=True, slots=True)
class Contact:
    """`channel` is the door it came by, or `voice` for what a liaison did. `by_id` is who acted."""

    at: datetime
    kind: Kind
    channel: str
    by_id: str
    note: str


async def heard(
    tx: Transaction,
    now: datetime,
    member: Member,
    kind: Kind,
    channel: str,
    by_id: str,
    note: str = "",
    quiet_until: date | None = None,
) -> Member:
    """Register a contact; the file as it is after it: the member is not silent from now.

    A planned absence goes on until its day, or until they say that it is over. A last contact that
    lies ahead was noted by a clock that went wrong, and is written over.
    """
    await _register(tx, now, member, kind, channel, by_id, note)
    away = is_away(member.quiet_until, now, member.rhythm.timezone)
    until = quiet_until or (member.quiet_until if away else None)
    return await set_deadlines(tx, member, now, kind, until)


async def tried(tx: Transaction, now: datetime, member: Member, by_id: str, note: str = "") -> None:
    """Register a call that reached nobody: it is in the register, but it is no contact."""
    await _register(tx, now, member, "not_reached", "voice", by_id, note)


async def take_back(tx: Transaction, member: Member, by_id: str, at: datetime) -> None:
    """A call that was noted by a slip was none: the member is as silent as they were."""
    noted = (contacts.c.member_id == member.id) & (contacts.c.by_id == by_id) & (contacts.c.at == at)
    by_voice = noted & (contacts.c.channel == "voice") & (contacts.c.kind != "not_reached")
    undone = await tx.conn.execute(update(contacts).where(by_voice).values(kind="not_reached"))
    if undone.rowcount:
        heard_at, kind = await _last_heard(tx, member.id)
        await set_deadlines(tx, member, heard_at, kind, member.quiet_until)


async def note_words(tx: Transaction, viewer: Viewer, member_id: str, by_id: str, words: str) -> bool:
    """Write what was talked about to the latest contact that `by_id` noted; False where there is none."""
    rows = await tx.conn.execute(
        select(contacts.c.id)
        .join(members, members.c.person_id == contacts.c.member_id)
        .where(viewer.sees(members), contacts.c.member_id == member_id, contacts.c.by_id == by_id)
        .order_by(contacts.c.at.desc(), contacts.c.id.desc())
        .limit(1)
    )
    latest_id = rows.scalar()
    if latest_id is None:
        return False
    sealed = tx.seal(words, latest_id, "contacts.note")
    await tx.conn.execute(update(contacts).where(contacts.c.id == latest_id).values(note=sealed))
    return True


async def latest(tx: Transaction, viewer: Viewer, person_id: str, limit: int = 10) -> list[Contact]:
    rows = await tx.conn.execute(
        select(contacts)
        .join(members, members.c.person_id == contacts.c.member_id)
        .where(viewer.sees(members), contacts.c.member_id == person_id)
        .order_by(contacts.c.at.desc(), contacts.c.id.desc())
        .limit(limit)
    )
    return [_contact(tx, row) for row in rows]


async def _last_heard(tx: Transaction, member_id: str) -> tuple[datetime, str]:
    """The last contact that was one, or that they were enrolled."""
    real = (contacts.c.member_id == member_id) & (contacts.c.kind != "not_reached")
    query = select(contacts.c.at, contacts.c.kind).where(real)
    row = (await tx.conn.execute(query.order_by(contacts.c.at.desc(), contacts.c.id.desc()).limit(1))).first()
    if row:
        return row.at, row.kind
    enrolled = select(members.c.enrolled_at).where(members.c.person_id == member_id)
    return (await tx.conn.execute(enrolled)).scalar_one(), "enrolled"


async def _register(
    tx: Transaction, now: datetime, member: Member, kind: Kind, channel: str, by_id: str, note: str
) -> None:
    made = tx.new_id(now)
    sealed = tx.seal(note, made, "contacts.note") if note else None
    row = {
        "id": made,
        "member_id": member.id,
        "at": now,
        "kind": kind,
        "channel": channel,
        "by_id": by_id,
        "note": sealed,
    }
    tx.desk.write_behind(_REGISTER, row)


def _contact(tx: Transaction, row: Row[tuple[object, ...]]) -> Contact:
    return Contact(
        at=row.at,
        kind=row.kind,
        channel=row.channel,
        by_id=row.by_id,
        note=tx.read(row.note, row.id, "contacts.note"),
    )
