"""A morning's jobs over a database, as a process: `python -m tests.bench.morning URL KEY`."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import timedelta
from pathlib import Path

import bot.app  # noqa: F401 - the jobs run beside all the rest of the program
from bot.clock import WoundClock
from bot.clockwork import Clockwork
from schedules.timetable import TIMETABLE
from storage.database import Database
from storage.vault import read_vault
from tests.bench.county import NOW


async def _morning(url: str, key: str) -> float:
    database = Database(url, read_vault(Path(key)))
    clock = WoundClock(NOW - timedelta(days=1))
    works = Clockwork(database, clock, TIMETABLE, "Asia/Shanghai", lambda: None)
    try:
        await works.tick()
        clock.wind(timedelta(days=1))
        started = time.perf_counter()
        await works.tick()
        return time.perf_counter() - started
    finally:
        await database.close()


def _peak() -> float:
    """Megabytes. The kernel's ru_maxrss would be that of whoever started this process, if it was larger."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


if __name__ == "__main__":
    seconds = asyncio.run(_morning(*sys.argv[1:3]))
    sys.stdout.write(f"{seconds:.1f} {_peak():.1f}\n")
