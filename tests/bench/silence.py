"""Who is silent: the first page, for ten times as many members."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import members, migrations, people, silence, units
from storage.database import Database
from storage.vault import new_vault
from storage.viewer import the_programme
from tests.bench.figures import Figure

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
FEW, MANY, ASKED = 300, 3000, 50
# Ten times the members may cost a page twice the time, not ten times.
MOST = 2.0


async def measure(folder: Path) -> list[Figure]:
    few, many = await _first_page(folder, FEW), await _first_page(folder, MANY)
    beside = f"with {FEW:,} members {few * 1000:.2f} ms"
    return [
        Figure(
            f"first page of the silent, {MANY:,} members", many * 1000, "ms", beside, many / few, most=MOST
        )
    ]


async def _first_page(folder: Path, n: int) -> float:
    """Seconds a page of 50."""
    url = f"sqlite+aiosqlite:///{folder / f'silence-{n}.db'}"
    await migrations.bring_up_to_date(url)
    database = Database(url, new_vault())
    try:
        async with database.writing() as tx:
            long_ago = NOW - timedelta(days=90)
            branch = await units.found(tx, long_ago, "柳湾村党支部")
            for minutes in range(n):
                heard = long_ago + timedelta(minutes=minutes)
                await members.enrol(tx, heard, await people.add(tx, heard, "石远"), branch)
        started = time.perf_counter()
        for _ in range(ASKED):
            async with database.reading() as tx:
                await silence.silent(tx, the_programme(), NOW)
        return (time.perf_counter() - started) / ASKED
    finally:
        await database.close()
