"""A clock at work in a process of its own: `python -m tests.schedules.ticking URL`.

It says when it is ready, and is told when the day begins. A second of the wall is five hours here.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import datetime, timedelta
from time import time
from zoneinfo import ZoneInfo

from bot.clockwork import Clockwork
from schedules.timetable import Job
from storage.database import Database, Transaction
from storage.vault import new_vault

START = datetime(2026, 11, 2, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
END = START + timedelta(hours=12)
PACE = 5 * 3600


class Fast:
    """Stands still before the day begins, and when it is over."""

    def __init__(self, began: float) -> None:
        self._began = began

    def now(self) -> datetime:
        return min(START + timedelta(seconds=max(0.0, time() - self._began) * PACE), END)


async def note(tx: Transaction, now: datetime) -> int:
    await asyncio.sleep(0.002)
    wall = f"{now.astimezone(START.tzinfo):%H:%M}"
    await tx.conn.exec_driver_sql(f"INSERT INTO struck VALUES ('{wall}', {os.getpid()})")
    return 1


async def tick_until_evening(url: str, began: float) -> None:
    database, clock = Database(url, new_vault()), Fast(began)
    job = Job("every_ten_minutes", {"minute": "*/10"}, "run each, late", note)
    works = Clockwork(database, clock, [job], "Asia/Shanghai", lambda: None)
    try:
        while clock.now() < END:
            await works.tick()
            await asyncio.sleep(0.002)
        await works.tick()
    finally:
        await database.close()


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    asyncio.run(tick_until_evening(sys.argv[1], float(sys.stdin.readline())))
