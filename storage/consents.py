"""What a person agreed to, in which wording, by which door, and when they took it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Column, ForeignKey, Table, Text, insert, select, update

from storage.columns import Moment, key, metadata
from storage.database import Transaction

Kind = Literal["keeping", "overseas_chat"]

consents = Table(
    "consents",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("ended_at", Moment),
)


@dataclass(frozen=True, slots=True)
class Consent:
    """`wording` is the date of the notice that was agreed to."""

    kind: Kind
    wording: str
    given_at: datetime
    ended_at: datetime | None


async def give(
    tx: Transaction, now: datetime, person_id: str, kind: Kind, wording: str, channel: str
) -> None:
    if kind not in await given_by(tx, person_id):
        await tx.conn.execute(
            insert(consents).values(
                id=tx.new_id(now),
                person_id=person_id,
                kind=kind,
                wording=wording,
                channel=channel,
                given_at=now,
            )
        )


async def given_by(tx: Transaction, person_id: str) -> set[str]:
    """The kinds of consent that hold now."""
    rows = await tx.conn.execute(
        select(consents.c.kind).where(consents.c.person_id == person_id, consents.c.ended_at.is_(None))
    )
    return {row.kind for row in rows}


async def register(tx: Transaction, person_id: str) -> list[Consent]:
    """All that was ever agreed to, the latest first."""
    rows = await tx.conn.execute(
        select(consents).where(consents.c.person_id == person_id).order_by(consents.c.id.desc())
    )
    return [Consent(row.kind, row.wording, row.given_at, row.ended_at) for row in rows]


async def take_back(tx: Transaction, now: datetime, person_id: str, kind: Kind) -> None:
    await tx.conn.execute(
        update(consents)
        .where(consents.c.person_id == person_id, consents.c.kind == kind, consents.c.ended_at.is_(None))
        .values(ended_at=now)
    )
