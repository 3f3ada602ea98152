"""Real processes on one database: each slot is struck once, also when one of them is killed at work."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from time import time

from bot.clock import WoundClock
from bot.clockwork import Clockwork
from schedules.timetable import Job
from storage import occurrences
from storage.database import Database, Transaction
from tests.schedules.ticking import START

ROOT = Path(__file__).parents[2]


async def test_two_processes_and_one_that_is_killed_strike_each_slot_once(database: Database) -> None:
    async with database.writing() as tx:
        await tx.conn.exec_driver_sql("CREATE TABLE struck (wall TEXT, process INTEGER)")
        await occurrences.count_from(tx, START, "every_ten_minutes")
    started = [await _start(database.url.render_as_string(hide_password=False)) for _ in range(3)]
    began = time() + 0.1
    for process in started:
        await _tell(process, began)
    await asyncio.sleep(began + 1 - time())
    started[0].kill()
    assert [await process.wait() for process in started] == [-9, 0, 0]
    async with database.reading() as tx:
        struck = (await tx.conn.exec_driver_sql("SELECT wall, process FROM struck")).all()
    slots = [f"{hour:02}:{minute:02}" for hour in range(8, 20) for minute in range(0, 60, 10)]
    assert Counter(row.wall for row in struck) == dict.fromkeys([*slots[1:], "20:00"], 1)
    assert len({row.process for row in struck}) > 1, "only one of them was at work"


async def _start(url: str) -> asyncio.subprocess.Process:
    """A process that is ready to begin."""
    words, pipe = (sys.executable, "-m", "tests.schedules.ticking", url), asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdin=pipe, stdout=pipe)
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process


async def _tell(process: asyncio.subprocess.Process, began: float) -> None:
    assert process.stdin
    process.stdin.write(f"{began}\n".encode())
    await process.stdin.drain()
    process.stdin.close()


async def test_two_at_one_job_take_its_pages_in_turn(database: Database) -> None:
    """PostgreSQL lets both write at once: else both would read the same page, and send it."""
    clock, other = WoundClock(START), Database(database.url.render_as_string(False), database.vault)
    async with database.writing() as tx:
        await tx.conn.exec_driver_sql("CREATE TABLE to_do (n INTEGER)")
        await tx.conn.exec_driver_sql("CREATE TABLE done (n INTEGER)")
        for n in range(20):
            await tx.conn.exec_driver_sql(f"INSERT INTO to_do VALUES ({n})")

    async def page(tx: Transaction, _now: datetime) -> int:
        rows = (await tx.conn.exec_driver_sql("SELECT n FROM to_do ORDER BY n LIMIT 2")).all()
        await asyncio.sleep(0.01)
        for row in rows:
            await tx.conn.exec_driver_sql(f"INSERT INTO done VALUES ({row.n})")
            await tx.conn.exec_driver_sql(f"DELETE FROM to_do WHERE n = {row.n}")
        return len(rows)

    job = Job("pages", {"hour": "9"}, "run once, late", page, by_page=True)
    try:
        works = [Clockwork(each, clock, [job], "Asia/Shanghai", lambda: None) for each in (database, other)]
        await works[0].tick()
        clock.wind(timedelta(hours=1))
        assert sum(await asyncio.gather(*(work.tick() for work in works))) == 20
        async with database.reading() as tx:
            done = (await tx.conn.exec_driver_sql("SELECT n FROM done")).scalars().all()
        assert sorted(done) == list(range(20))
    finally:
        await other.close()
