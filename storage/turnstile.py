"""One at a time, through the whole of a transaction, for work that looks first and writes what is missing."""

from __future__ import annotations

import zlib

from sqlalchemy import text

from storage.database import Transaction


async def one_at_a_time(tx: Transaction, work: str) -> None:
    """Wait until nobody else is at the same work. SQLite has one writer anyway."""
    if tx.conn.dialect.name == "postgresql":
        key = zlib.crc32(work.encode())
        await tx.conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
