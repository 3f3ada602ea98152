"""A county's roster: from the file to every row stored, beside a reader that only reads it.

How long the writer is held is what a member waits at most while an import is under way.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from python_calamine import load_workbook

from handlers.roster.importing import Roster, do_import
from handlers.roster.reading import read_workbook
from storage import migrations
from storage.database import Database, Transaction
from storage.vault import new_vault
from storage.viewer import the_programme
from tests.bench.figures import Figure

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
ROWS, BRANCHES = 100_000, 200
HEADER = ("序号", "姓名", "手机号", "所在支部", "流入地", "外出时间", "从事行业", "联系人", "党费交至")
PLACES = ("浙江省嘉兴市平湖市", "上海市松江区", "广东省东莞市长安镇", "江苏昆山", "苏州工业园区")
NAMES = "远山水田石林森春兰秋菊冬梅国强建军志明秀英丽华夏"
# Reading alone is a hundredth of the work; the rest is understanding, comparing, sealing and storing.
MOST_TO_READ, MOST_TO_IMPORT = 20.0, 60.0
MOST_HELD = 10.0


async def measure(folder: Path, rows: int = ROWS) -> list[Figure]:
    content = _workbook(folder / "roster.xlsx", rows)
    alone = _seconds_alone(folder / "roster.xlsx")
    started = time.perf_counter()
    workbook = read_workbook(content)
    reading = time.perf_counter() - started
    importing, held = await _imported(folder, Roster(workbook))
    beside = f"python-calamine alone {alone:.2f} s"
    return [
        _figure(f"read and understand a roster of {rows:,}", reading, beside, reading / alone, MOST_TO_READ),
        _figure(f"import it: plan and store {rows:,}", importing, beside, importing / alone, MOST_TO_IMPORT),
        _figure("of that, the writer held", held, beside, held / alone, MOST_HELD),
    ]


def _figure(what: str, seconds: float, beside: str, ratio: float, most: float) -> Figure:
    return Figure(what, seconds, "s", beside, ratio, most=most)


def _workbook(path: Path, rows: int) -> bytes:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as made:
        page = made.add_worksheet("花名册")
        page.write_row(0, 0, ["云溪镇党委流动党员花名册"])
        page.write_row(1, 0, HEADER)
        for n in range(rows):
            page.write_row(n + 2, 0, _row(n))
    return path.read_bytes()


def _row(n: int) -> tuple[object, ...]:
    name, phone = f"田{NAMES[n % 24]}{NAMES[n // 24 % 24]}", 13_900_000_000 + n
    branch = n % BRANCHES
    place, liaison = PLACES[n % len(PLACES)], f"孟{NAMES[branch % 24]}{NAMES[branch // 24]}"
    return (
        n + 1,
        name,
        phone,
        f"第{branch}村党支部",
        place,
        "2026.3",
        "电工",
        liaison,
        "2026.6",
    )


def _seconds_alone(path: Path) -> float:
    started = time.perf_counter()
    load_workbook(path).get_sheet_by_index(0).to_python()
    return time.perf_counter() - started


async def _imported(folder: Path, roster: Roster) -> tuple[float, float]:
    """Seconds in all, and those of them in which nobody else could write."""
    url = f"sqlite+aiosqlite:///{folder / 'import.db'}"
    await migrations.bring_up_to_date(url)
    database = _Timed(url, new_vault())
    try:
        started = time.perf_counter()
        await do_import(database, the_programme(), roster, NOW)
        return time.perf_counter() - started, database.held
    finally:
        await database.close()


class _Timed(Database):
    held = 0.0

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with super().writing() as tx:
            started = time.perf_counter()
            yield tx
            self.held = max(self.held, time.perf_counter() - started)
