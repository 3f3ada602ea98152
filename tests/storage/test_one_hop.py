"""However many rows a query has, they all come; and a query that was left off early holds up nobody."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from storage import units
from storage.database import Database
from storage.one_hop import AT_ONCE
from tests.storage.town import NOW

COUNTING = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)
    SELECT i FROM n ORDER BY i
"""

COUNTING_UNITS = COUNTING.replace("FROM n ORDER", "FROM n, units ORDER")


@pytest.mark.parametrize("rows", [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
async def test_all_rows_come(database: Database, rows: int) -> None:
    async with database.reading() as tx:
        found = (await tx.conn.execute(text(COUNTING), {"most": rows})).scalars().all()
    assert found == list(range(1, rows + 1))


async def test_they_come_piece_by_piece_to_whoever_asks_for_that(database: Database) -> None:
    async with database.reading() as tx, tx.conn.stream(text(COUNTING), {"most": 2 * AT_ONCE}) as rows:
        sizes = [len(piece) async for piece in rows.partitions(300)]
    assert sizes == [300] * 6 + [200]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_whoever_looks_at_the_first_row_only_holds_up_nobody(database: Database) -> None:
    """A statement left open keeps what it read from being cleared away, and the log of the file grows."""
    async with database.writing() as tx:
        await units.found(tx, NOW, "柳湾村党支部")
    most = {"most": 5 * AT_ONCE}
    async with database.reading() as tx, tx.conn.stream(text(COUNTING_UNITS), most) as rows:
        assert await rows.fetchone() == (1,)
    with closing(sqlite3.connect(database.url.database or "")) as other:
        [busy, *_] = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy
