"""The key is changed while the program answers its members; also when the change is killed half-way."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.clock import WallClock
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from storage import contacts, deliveries, inbox, members
from storage.resealing import keys_in_use
from storage.viewer import the_programme
from tests.engines import database_url, engine, postgres, sqlite_template
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch
from tests.reliability.program import Program

__all__ = ["database_url", "engine", "postgres", "sqlite_template"]

MEMBERS, NOTES = 30, 3_000


@dataclass
class Town:
    program: Program
    world: World
    residents: list[Resident]

    async def talk(self, until: asyncio.Event) -> int:
        """Check-ins by chat and by SMS, one after another, until it is over; how many."""
        said = 0
        while not until.is_set():
            who = self.residents[said % MEMBERS]
            (self.world.type if who.phone.smartphone else self.world.text)(who.phone.id, "签到")
            said += 1
            await asyncio.sleep(0.03)
        return said

    def key_ids(self) -> set[str]:
        return set(json.loads((self.program.folder / "key").read_text())["keys"])

    async def is_calm(self) -> bool:
        async with self.program.database() as database, database.reading() as tx:
            waiting = (await inbox.tally(tx)).get("new", 0)
            letters = await deliveries.tally(tx)
        return not waiting and not letters.get("pending", 0) and not letters.get("sending", 0)


@pytest.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    world, clock = World(WallClock()), WallClock()
    port = free_port()
    program = Program(tmp_path, world, f"http://127.0.0.1:{port}")
    program.settings["LIANDONG_DATABASE_URL"] = database_url
    await program.prepare()
    async with program.database() as database:
        residents = await found_branch(database, world, clock.now(), MEMBERS)
        async with database.writing() as tx:
            file = await members.find(tx, the_programme(), residents[0].id)
            assert file is not None
            for n in range(NOTES):
                await contacts.tried(tx, clock.now(), file, file.id, f"第{n}次没人接")
    async with serving(sandbox_app(world, program.account), port):
        yield Town(program, world, residents)
        await program.kill()


@pytest.mark.parametrize("killed", [False, True])
async def test_nothing_fails_to_open_while_the_key_changes(town: Town, killed: bool) -> None:
    await town.program.start()
    await town.program.until_it_answers()
    over = asyncio.Event()
    talking = asyncio.create_task(town.talk(over))
    await asyncio.sleep(1)
    if killed:
        await _killed_half_way(town)
    assert await town.program.command("keys", "rotate") == 0, town.program.log.read_text()
    assert town.key_ids() == {"2"}
    over.set()
    assert await talking > 20
    async with asyncio.timeout(30):
        while not await town.is_calm():  # noqa: ASYNC110 - another process rings no bell here
            await asyncio.sleep(0.1)
    assert await town.program.stop() == 0
    async with town.program.database() as database, database.reading() as tx:
        assert await keys_in_use(tx) == {2}
        assert "dead" not in await inbox.tally(tx)
        assert "failed" not in await deliveries.tally(tx)
    log = town.program.log.read_text()
    assert "seal_broken" not in log and "[error" not in log, log
    assert ("上次换密钥没有做完" in log) == killed


async def _killed_half_way(town: Town) -> None:
    killed = await town.program.command_killed(lambda: len(town.key_ids()) == 2, "keys", "rotate")
    assert killed == -signal.SIGKILL
    assert town.key_ids() == {"1", "2"}
