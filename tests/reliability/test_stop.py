"""An update, a restart, a new machine: it loses nothing, doubles nothing, and is gone in time."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.clock import WallClock
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from storage import deliveries, inbox
from storage.contacts import contacts
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch
from tests.reliability.program import Program

# So many members that nobody meets the ceiling of answers to one number.
STOPS, CHECK_INS, MEMBERS, SEED = 5, 400, 100, 20261122
LONGEST = 10.0
WEBHOOK = {"LIANDONG_TELEGRAM_MODE": "webhook", "LIANDONG_TELEGRAM_SECRET": "a-secret-of-the-webhook"}


@dataclass
class Town:
    program: Program
    world: World
    residents: list[Resident]
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    async def talk(self, often: int, seconds: float) -> None:
        """So many check-ins by either door, spread over these seconds."""
        for _ in range(often):
            who = self.dice.choice(self.residents)
            by_chat = who.phone.smartphone and self.dice.random() < 0.7
            (self.world.type if by_chat else self.world.text)(who.phone.id, "签到")
            self.said[who.id, "telegram" if by_chat else "sms"] += 1
            await asyncio.sleep(self.dice.uniform(0, 2 * seconds / often))

    def heard(self) -> Counter[tuple[str, str]]:
        """Answers that arrived, by member and door."""
        heard: Counter[tuple[str, str]] = Counter()
        for who in self.residents:
            heard[who.id, "sms"] = sum(m.from_program for m in self.world.sms(who.phone.id))
            if who.phone.smartphone:
                heard[who.id, "telegram"] = sum(m.from_bot for m in self.world.chat(who.phone.id))
        return +heard


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    world, port = World(WallClock()), free_port()
    program = Program(tmp_path, world, f"http://127.0.0.1:{port}")
    await program.prepare()
    async with program.database() as database:
        residents = await found_branch(database, world, world.clock.now(), MEMBERS)
    async with serving(sandbox_app(world, program.account), port):
        yield Town(program, world, residents)
        await program.kill()


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_each_check_in_counts_once_and_is_answered_once(town: Town, way: str) -> None:
    if way == "webhook":
        town.program.settings |= WEBHOOK | {"LIANDONG_TELEGRAM_WEBHOOK_URL": town.program.url}
    for _ in range(STOPS):
        await live_and_leave(town)
    await town.program.start()
    async with asyncio.timeout(60):
        while not await everything_is_settled(town):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert await check_ins(town) == dict(town.said)
    assert town.heard() == town.said, "answered once each: a stop is no crash"
    assert await town.program.stop() == 0
    assert "Traceback" not in town.program.log.read_text()


async def live_and_leave(town: Town) -> None:
    """People talk the whole time; it is told to stop anywhere, and by some impatient hand twice."""
    await town.program.start()
    talking = asyncio.create_task(town.talk(CHECK_INS // STOPS, 1.5))
    await town.program.until_it_answers()
    await asyncio.sleep(town.dice.uniform(0, 1.2))
    told = time.monotonic()
    how, twice = town.dice.choice([signal.SIGTERM, signal.SIGINT]), town.dice.random() < 0.5
    assert await (town.program.stop_twice(0.02, how) if twice else town.program.stop()) == 0
    assert time.monotonic() - told < LONGEST
    await talking


async def everything_is_settled(town: Town) -> bool:
    await town.world.settled()
    async with town.program.database() as database, database.reading() as tx:
        letters, messages = await deliveries.tally(tx), await inbox.tally(tx)
    waiting = messages.get("new", 0) + letters.get("pending", 0) + letters.get("sending", 0)
    return not waiting and not town.world.telegram.updates.waiting


async def check_ins(town: Town) -> dict[tuple[str, str], int]:
    """What was taken down, by member and door."""
    query = (
        select(contacts.c.member_id, contacts.c.channel, func.count())
        .where(contacts.c.kind == "check_in")
        .group_by(contacts.c.member_id, contacts.c.channel)
    )
    async with town.program.database() as database, database.reading() as tx:
        return {(row[0], row[1]): row[2] for row in await tx.conn.execute(query)}
