"""What each address said lately, as a keyed hash only: a machine is known by saying it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, LargeBinary, Table, delete, select

from storage.columns import Moment, metadata
from storage.database import Transaction
from storage.once import insert_or_replace

# Longer than any silence goes unnoticed: an automatic reply comes once for each reminder.
KEPT_FOR = timedelta(days=120)

echoes = Table(
    "echoes",
    metadata,
    Column("words_index", LargeBinary, primary_key=True),
    Column("heard_at", Moment, nullable=False, index=True),
)


async def heard(tx: Transaction, now: datetime, channel: str, address: str, words: str) -> datetime | None:
    """Note the words, and say when this address said the same before; None where it did not."""
    await tx.conn.execute(delete(echoes).where(echoes.c.heard_at <= now - KEPT_FOR))
    index = tx.blind(f"{channel}:words", f"{address}\n{words}")
    rows = await tx.conn.execute(select(echoes.c.heard_at).where(echoes.c.words_index == index))
    before: datetime | None = rows.scalar_one_or_none()
    await insert_or_replace(tx, echoes, {"words_index": index, "heard_at": now})
    return before
