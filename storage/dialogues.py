"""What a person was asked last and has not answered: a row, so that a restart forgets no conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Row, Select, Table, Text, delete, select

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
    row = await _put_to(tx, person_id, channel)
    if row is None or row.asked_at <= now - HOLDS_FOR:
        return None
    try:
        return Act.from_json(tx.open(row.awaits, person_id, "dialogues.awaits"))
    except SealBroken:
        return None


async def asked_at(tx: Transaction, person_id: str, channel: str) -> datetime | None:
    """When the question was put that awaits an answer."""
    row = await _put_to(tx, person_id, channel)
    return row.asked_at if row else None


async def answered(tx: Transaction, person_id: str, channel: str) -> None:
    if await _put_to(tx, person_id, channel) is None:
        return
    await tx.conn.execute(
        delete(dialogues).where(dialogues.c.person_id == person_id, dialogues.c.channel == channel)
    )


def put_to(person_ids: Sequence[str]) -> Select[tuple[object, ...]]:
    return select(dialogues).where(dialogues.c.person_id.in_(person_ids))


async def _put_to(tx: Transaction, person_id: str, channel: str) -> Row[tuple[object, ...]] | None:
    rows = tx.desk.seen("dialogues", person_id)
    if rows is None:
        rows = list(await tx.conn.execute(put_to([person_id])))
    return next((row for row in rows if row.channel == channel), None)
