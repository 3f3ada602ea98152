"""What a person was asked last and has not answered: a row, so that a restart forgets no conversation."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Table, Text, delete, select

from content.act import Act
from storage.columns import Moment, SealedBytes, metadata
from storage.database import Transaction
from storage.once import insert_or_replace
from storage.vault import SealBroken

HOLDS_FOR = timedelta(days=1)

dialogues = Table(
    "dialogues",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("awaits", SealedBytes, nullable=False),
    Column("asked_at", Moment, nullable=False),
)


async def ask(tx: Transaction, now: datetime, person_id: str, channel: str, awaits: Act) -> None:
    """The person's next free words on this channel answer `awaits`."""
    row = {
        "person_id": person_id,
        "channel": channel,
        "awaits": tx.seal(awaits.to_json(), person_id, "dialogues.awaits"),
        "asked_at": now,
    }
    await insert_or_replace(tx, dialogues, row)


async def awaited(tx: Transaction, now: datetime, person_id: str, channel: str) -> Act | None:
    rows = await tx.conn.execute(
        select(dialogues.c.awaits).where(
            dialogues.c.person_id == person_id,
            dialogues.c.channel == channel,
            dialogues.c.asked_at > now - HOLDS_FOR,
        )
    )
    sealed = rows.scalar()
    try:
        return Act.from_json(tx.open(sealed, person_id, "dialogues.awaits")) if sealed else None
    except SealBroken:
        return None


async def asked_at(tx: Transaction, person_id: str, channel: str) -> datetime | None:
    """When the question was put that awaits an answer."""
    rows = await tx.conn.execute(
        select(dialogues.c.asked_at).where(dialogues.c.person_id == person_id, dialogues.c.channel == channel)
    )
    asked: datetime | None = rows.scalar()
    return asked


async def answered(tx: Transaction, person_id: str, channel: str) -> None:
    await tx.conn.execute(
        delete(dialogues).where(dialogues.c.person_id == person_id, dialogues.c.channel == channel)
    )
