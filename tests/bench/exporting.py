"""A ledger of 10,000 members: read, opened and written, beside xlsxwriter alone with the same cells."""

from __future__ import annotations

import io
import time
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from handlers.ledger import Ledger, make_workbook
from handlers.ledger.columns import COLUMNS
from storage import ledger, migrations, rosters, units
from storage.brought import Brought, Written
from storage.database import Database
from storage.vault import new_vault
from storage.viewer import the_programme
from tests.bench.figures import Figure

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
MEMBERS = 10_000
# Opening seven sealed fields of each and laying out the sheet may cost twice as much as the bare cells do.
MOST = 3.0
TEXTS = {
    "address": "江苏省昆山市花桥镇某某路1号",
    "employer": "某某电子厂",
    "job": "焊工",
    "reason": "务工",
    "family_phone": "+8613900000009",
}


async def measure(folder: Path) -> list[Figure]:
    url = f"sqlite+aiosqlite:///{folder / 'exporting.db'}"
    await migrations.bring_up_to_date(url)
    database = Database(url, new_vault())
    try:
        await _found(database)
        ours = await _ours(database)
    finally:
        await database.close()
    raw = _raw()
    beside = f"xlsxwriter alone {raw:.2f} s"
    return [Figure(f"ledger of {MEMBERS:,} members", ours, "s", beside, ours / raw, most=MOST)]


async def _found(database: Database) -> None:
    async with database.writing() as tx:
        branches = [await units.found(tx, NOW, f"第{n}党支部") for n in range(100)]
        brought = Brought(tx, NOW)
        facts: dict[str, str | date] = {
            "place_code": "320583",
            "out_since": date(2026, 3, 1),
            "dues_until": date(2026, 6, 1),
        }
        for n in range(MEMBERS):
            made = brought.add_person(f"石{n}")
            brought.open_file(branches[n % 100], Written(made, TEXTS, facts))
            brought.add_number(made, f"+8613{n:09}")
        await rosters.bring(tx, NOW, brought)


async def _ours(database: Database) -> float:
    """Seconds from the first query to the finished file in memory."""
    started = time.perf_counter()
    async with database.reading() as tx:
        entries = await ledger.entries(tx, the_programme())
    made = make_workbook(Ledger("云溪镇党委", NOW.date(), NOW, entries))
    taken = time.perf_counter() - started
    assert len(entries) == MEMBERS and made
    return taken


def _raw() -> float:
    """As many cells, each a text, in one format."""
    started = time.perf_counter()
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        sheet, form = book.add_worksheet(), book.add_format({"border": 1})
        for row in range(MEMBERS):
            for at in range(len(COLUMNS) + 1):
                sheet.write_string(row, at, f"第{row}行{at}", form)
    return time.perf_counter() - started
