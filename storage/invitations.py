"""Invitations: a code of 128 bits for one person, once, for three days. Only its keyed hash is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from storage.columns import Moment, key, metadata
from storage.database import Transaction

HOLDS_FOR = timedelta(hours=72)
_CODE_BYTES = 18  # 144 bits, 24 letters: within the 64 letters of a deep link's parameter

invitations = Table(
    "invitations",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, ForeignKey("people.id")),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    key(),
    Column("channel", Text, nullable=False),
    Column("address_index", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Column("in_a_row", Integer, nullable=False),
    Index("ix_wrong_codes_address_at", "address_index", "at"),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """`made_by` is the id of whoever invited, empty for an operator's command."""

    id: str
    person_id: str
    made_by: str


async def make(tx: Transaction, now: datetime, person_id: str, made_by: str | None) -> str:
    """A new code for the person. One handed out before stays good: it may be on its way to them on paper."""
    code = secrets.token_urlsafe(_CODE_BYTES)
    await tx.conn.execute(
        insert(invitations).values(
            id=tx.new_id(now),
            person_id=person_id,
            code_hash=tx.vault.code_hash(code),
            made_at=now,
            made_by=made_by,
            expires_at=now + HOLDS_FOR,
        )
    )
    return code


async def behind(tx: Transaction, now: datetime, code: str) -> Invitation | None:
    """The invitation that the code opens, locked: two people with one code are served one by one.

    None where it is unknown, used or over.
    """
    rows = await tx.conn.execute(
        select(invitations)
        .where(
            invitations.c.code_hash == tx.vault.code_hash(code),
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now,
        )
        .with_for_update()
    )
    row = rows.first()
    return _invitation(row) if row else None


async def still_open(tx: Transaction, now: datetime, invitation_id: str) -> Invitation | None:
    """The invitation with this id, locked, if it can still be used."""
    rows = await tx.conn.execute(
        select(invitations)
        .where(
            invitations.c.id == invitation_id,
            invitations.c.used_at.is_(None),
            invitations.c.expires_at > now,
        )
        .with_for_update()
    )
    row = rows.first()
    return _invitation(row) if row else None


async def use(tx: Transaction, now: datetime, invitation: Invitation) -> None:
    """Use it up, and with it all others of that person: none lies about to let somebody else in."""
    await tx.conn.execute(
        update(invitations)
        .where(invitations.c.person_id == invitation.person_id, invitations.c.used_at.is_(None))
        .values(used_at=now)
    )


async def note_wrong(tx: Transaction, now: datetime, channel: str, value: str) -> int:
    """How many it makes within an hour."""
    tried = await wrong_lately(tx, now, channel, value)
    await tx.conn.execute(
        insert(wrong_codes).values(
            id=tx.new_id(now),
            channel=channel,
            address_index=tx.blind(channel, value),
            at=now,
            in_a_row=tried + 1,
        )
    )
    return tried + 1


async def wrong_lately(tx: Transaction, now: datetime, channel: str, value: str) -> int:
    """How many wrong codes came from this address within an hour."""
    counted = await tx.conn.execute(
        select(func.count())
        .select_from(wrong_codes)
        .where(
            wrong_codes.c.address_index == tx.blind(channel, value),
            wrong_codes.c.at > now - timedelta(hours=1),
        )
    )
    return counted.scalar_one()


def _invitation(row: Row[tuple[object, ...]]) -> Invitation:
    return Invitation(id=row.id, person_id=row.person_id, made_by=row.made_by or "")
