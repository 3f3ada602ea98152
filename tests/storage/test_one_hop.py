"""However many rows a query has, they all come; and a query that was left off early holds up nobody."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage import occurrences
from storage.database import Database
from storage.one_hop import AT_ONCE
from tests.storage.town import NOW

COUNTING = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)
    SELECT i FROM n ORDER BY i
"""


@pytest.mark.parametrize("rows", [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE + 7])
async def test_all_rows_come(database: Database, rows: int) -> None:
    async with database.reading() as tx:
        found = (await tx.conn.execute(text(COUNTING), {"most": rows})).scalars().all()
    assert found == list(range(1, rows + 1))


async def test_they_come_piece_by_piece_to_whoever_asks_for_that(database: Database) -> None:
    async with database.reading() as tx, tx.conn.stream(text(COUNTING), {"most": 2 * AT_ONCE}) as rows:
        sizes = [len(piece) async for piece in rows.partitions(300)]
    assert sizes == [300] * 6 + [200]


async def test_whoever_looks_at_the_first_row_only_holds_up_nobody(database: Database) -> None:
    async with database.writing() as tx:
        rows = await tx.conn.execute(text(COUNTING), {"most": 5 * AT_ONCE})
        first = rows.first()
        assert first is not None and first[0] == 1
        await occurrences.strike(tx, NOW, "remind", NOW)
    async with database.writing() as tx:
        assert not await occurrences.strike(tx, NOW, "remind", NOW), "it was committed"
