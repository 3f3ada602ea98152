"""Who is silent: pages and counts, for ten and for a hundred times as many members."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from storage import contacts, members, silence
from storage.database import Database, Transaction
from storage.silence import Sought
from storage.vault import Vault
from storage.viewer import Viewer, the_programme
from tests.bench.county import NOW, SIZES, County, settle
from tests.bench.figures import Figure

ASKED = 15
# A hundred times the members may cost twice the time (caches are not endless), not a hundred times.
MOST = 2.0
# A check-in keeps its counts for at most so much more.
LEAST_KEPT = 0.6
CHECK_INS = 300

SUZHOU, NINETY = Sought(place_prefix="3205"), Sought((NOW - timedelta(days=90)).date())
Asked = Callable[[Transaction, Viewer], Awaitable[object]]


async def _next_page(tx: Transaction, viewer: Viewer) -> None:
    first = await silence.silent(tx, viewer, NOW, limit=1)
    if first:
        await silence.silent(tx, viewer, NOW, after=silence.page_mark(first[0], Sought()))


QUESTIONS: dict[str, Asked] = {
    "first page": lambda tx, viewer: silence.silent(tx, viewer, NOW),
    "first page, 90 days": lambda tx, viewer: silence.silent(tx, viewer, NOW, NINETY),
    "first page, one city": lambda tx, viewer: silence.silent(tx, viewer, NOW, SUZHOU),
    "next page": _next_page,
    "counts": lambda tx, viewer: silence.counts(tx, viewer, NOW),
    "how many, one city": lambda tx, viewer: silence.how_many(tx, viewer, NOW, SUZHOU),
}

RAW_PAGE = """SELECT person_id FROM members WHERE whereabouts = 'out' AND silent_after <= ?
ORDER BY silent_after, heard_on, unit_path, person_id LIMIT 50"""
RAW_COUNT = """SELECT sum(silent_after <= ?), count(*) FROM members WHERE whereabouts = 'out'"""


async def measure(folder: Path, vault: Vault) -> list[Figure]:
    taken: dict[tuple[str, str], list[float]] = {}
    for size in SIZES:
        county = await settle(folder, vault, size)
        for question, seconds in (await _ask_all(county, vault)).items():
            taken.setdefault(question, []).append(seconds * 1000)
    figures = [_figure(question, whose, found) for (question, whose), found in taken.items()]
    page, counted = (taken[question, "everything"][-1] for question in ("first page", "counts"))
    return [*figures, *_beside_sqlite(county, page, counted), await _check_ins(county, vault)]


def _figure(question: str, whose: str, found: list[float]) -> Figure:
    smaller = ", ".join(f"{size:,}: {ms:.1f} ms" for size, ms in zip(SIZES, found[:-1], strict=False))
    what = f"silent, {question} of {whose}, {SIZES[-1]:,} members"
    return Figure(what, found[-1], "ms", smaller, found[-1] / found[0], most=MOST)


def _beside_sqlite(county: County, page: float, counted: float) -> list[Figure]:
    """The page includes 50 files, opened with their keys; SQLite's own is 50 ids."""
    raw_page, raw_count = _raw(county, RAW_PAGE, 20), _raw(county, RAW_COUNT, 1)
    beside = (f"SQLite alone, by index {raw_page:.2f} ms", f"SQLite alone, counting {raw_count:,.0f} ms")
    return [
        Figure("silent, first page beside SQLite", page, "ms", beside[0], raw_page / page),
        Figure("silent, counts beside counting", counted, "ms", beside[1], counted / raw_count, most=1.0),
    ]


async def _ask_all(county: County, vault: Vault) -> dict[tuple[str, str], float]:
    database = Database(county.url, vault)
    try:
        return {
            (question, whose): await _quickest(database, ask, viewer)
            for question, ask in QUESTIONS.items()
            for whose, viewer in county.viewers.items()
        }
    finally:
        await database.close()


async def _quickest(database: Database, ask: Asked, viewer: Viewer) -> float:
    """Whatever else the machine does makes one slower, none quicker."""
    taken = []
    for _ in range(ASKED):
        started = time.perf_counter()
        async with database.reading() as tx:
            await ask(tx, viewer)
        taken.append(time.perf_counter() - started)
    return min(taken)


def _raw(county: County, query: str, times: int) -> float:
    """Milliseconds, by the library that comes with Python."""
    connection = sqlite3.connect(county.path)
    moment = int(NOW.timestamp() * 1_000_000)
    started = time.perf_counter()
    for _ in range(times):
        connection.execute(query, (moment,)).fetchall()
    taken = time.perf_counter() - started
    connection.close()
    return taken * 1000 / times


async def _check_ins(county: County, vault: Vault) -> Figure:
    """What the kept counts cost those who check in: with the triggers, and with none in the way."""
    database = Database(county.url, vault)
    try:
        kept = await _heard(database, 0)
        async with database.writing() as tx:
            await tx.conn.execute(text("DROP TRIGGER members_changed"))
        bare = await _heard(database, CHECK_INS)
    finally:
        await database.close()
    what = f"contacts noted in one transaction, {county.members:,} members"
    return Figure(what, kept, "/s", f"keeping no counts {bare:,.0f} /s", kept / bare, least=LEAST_KEPT)


async def _heard(database: Database, start: int) -> float:
    numbers = [f"{n * 7919 % 10_000:026}" for n in range(start, start + CHECK_INS)]
    started = time.perf_counter()
    async with database.writing() as tx:
        for person_id in numbers:
            member = await members.find(tx, the_programme(), person_id)
            assert member
            await contacts.heard(tx, NOW, member, "check_in", "sms", person_id)
    return CHECK_INS / (time.perf_counter() - started)
