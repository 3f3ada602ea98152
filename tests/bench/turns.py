"""Check-ins by SMS, from the inbox to the promised answer, each durable by itself."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.clock import WoundClock
from bot.intake import Intake
from handlers.turn import House
from storage import addresses, members, migrations, people, units
from storage.database import Database
from storage.inbox import Raw
from storage.vault import new_vault
from tests.bench.figures import Figure

MESSAGES = 400
# Of the commits that the disk gives; a loaded laptop of two cores was seen to reach 0.04.
LEAST = 0.02
NUMBER = "+8613900000003"


async def measure(folder: Path) -> list[Figure]:
    raw = _raw_commits(folder / "raw.db")
    url = f"sqlite+aiosqlite:///{folder / 'turns.db'}"
    await migrations.bring_up_to_date(url)
    database = Database(url, new_vault())
    gateway = Kannel("http://127.0.0.1:9", "nobody", "nothing")
    try:
        turns = await _turns(database, gateway)
    finally:
        await gateway.close()
        await database.close()
    return [
        Figure(
            "check-ins, inbox to answer", turns, "/s", f"raw commits {raw:,.0f} /s", turns / raw, least=LEAST
        )
    ]


async def _turns(database: Database, gateway: Kannel) -> float:
    clock = WoundClock(datetime(2026, 11, 2, 2, tzinfo=UTC))
    await _somebody(database, clock)
    house = House(lambda: "", "Asia/Shanghai")
    intake = Intake(database, {"sms": Sms(gateway, "【联动】")}, house, clock)
    raws = [
        Raw("sms", str(n), {"from": NUMBER, "to": "1069", "text": "签到", "id": str(n)})
        for n in range(MESSAGES)
    ]
    await intake.keep(raws)
    started = time.perf_counter()
    settled = await intake.take_turns()
    return settled / (time.perf_counter() - started)


async def _somebody(database: Database, clock: WoundClock) -> None:
    async with database.writing() as tx:
        now = clock.now()
        branch = await units.found(tx, now, "柳湾村党支部")
        person = await people.add(tx, now, "石远")
        await members.enrol(tx, now, person, branch)
        await addresses.add(tx, now, person, "sms", NUMBER, verified=True)
        await people.has_joined(tx, person, now)


def _raw_commits(path: Path) -> float:
    """What the disk gives: one small row a transaction, synced."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (x)")
    started = time.perf_counter()
    for n in range(MESSAGES):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO t VALUES (?)", (n,))
        connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return MESSAGES / taken
