"""Telegram is often out of reach: the program works by SMS meanwhile, and leaves when it is told to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.clock import WallClock
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from storage import deliveries
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch
from tests.reliability.program import Program


@dataclass
class Wire:
    """The line to Telegram, which can be cut: calls are refused, or swallowed without an answer."""

    port: int
    beyond: int
    swallows: bool = False
    _server: asyncio.Server | None = None
    _calls: set[asyncio.StreamWriter] = field(default_factory=set)

    async def open(self, *, swallows: bool = False) -> None:
        await self.cut()
        self.swallows = swallows
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        if self._server:
            self._server.close()
            for call in list(self._calls):
                call.transport.abort()
            await self._server.wait_closed()
            self._server = None

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._calls.add(writer)
        with suppress(ConnectionError):
            if self.swallows:
                await reader.read()
            else:
                far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.beyond)
                self._calls.add(far_writer)
                await asyncio.gather(_pour(reader, far_writer), _pour(far_reader, writer))
        writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while said := await reader.read(65536):
            writer.write(said)
            await writer.drain()
    writer.close()


@dataclass
class Place:
    program: Program
    world: World
    wire: Wire
    old: Resident
    smart: Resident

    async def answers_by_sms(self, who: Resident) -> float:
        """Seconds until a check-in by SMS was answered."""
        started, before = time.monotonic(), len(self.world.sms(who.phone.id))
        self.world.text(who.phone.id, "签到")
        await self.until(lambda: len(self.world.sms(who.phone.id)) >= before + 2)
        return time.monotonic() - started

    def heard_in_chat(self) -> int:
        return sum(m.from_bot for m in self.world.chat(self.smart.phone.id))

    async def until(self, so: Callable[[], bool], patience: float = 25) -> None:
        async with asyncio.timeout(patience):
            while not so():  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    async with a_place(tmp_path) as made:
        yield made


@asynccontextmanager
async def a_place(folder: Path) -> AsyncIterator[Place]:
    world, port = World(WallClock()), free_port()
    wire = Wire(free_port(), port)
    program = Program(folder, world, f"http://127.0.0.1:{port}")
    program.settings["LIANDONG_TELEGRAM_API"] = f"http://127.0.0.1:{wire.port}"
    await program.prepare()
    async with program.database() as database:
        old, smart = await found_branch(database, world, world.clock.now(), 2)
    async with serving(sandbox_app(world, program.account), port):
        try:
            yield Place(program, world, wire, old, smart)
        finally:
            await program.kill()
            await wire.cut()


@pytest.mark.parametrize("how", ["refused", "swallowed"])
async def test_without_telegram_it_works_by_sms_and_finds_telegram_when_it_is_back(
    place: Place, how: str
) -> None:
    if how == "swallowed":
        await place.wire.open(swallows=True)
    place.world.type(place.smart.phone.id, "签到")
    await place.program.start()
    await place.program.until_it_answers()
    assert await place.answers_by_sms(place.old) < 3
    assert await place.answers_by_sms(place.smart) < 3
    assert place.heard_in_chat() == 0

    await place.wire.open()
    await place.until(lambda: place.heard_in_chat() == 1)
    place.world.type(place.smart.phone.id, "签到")
    await place.until(lambda: place.heard_in_chat() == 2)


async def test_it_finds_telegram_again_after_the_line_was_cut_in_the_middle(place: Place) -> None:
    await place.wire.open()
    await place.program.start()
    place.world.type(place.smart.phone.id, "签到")
    await place.until(lambda: place.heard_in_chat() == 1)
    await place.wire.cut()
    place.world.type(place.smart.phone.id, "签到")
    assert await place.answers_by_sms(place.old) < 3
    await place.wire.open()
    await place.until(lambda: place.heard_in_chat() == 2)


@pytest.mark.parametrize("telegram", ["there", "swallowing", "not there"])
async def test_told_to_stop_it_leaves_within_ten_seconds_and_loses_nothing(
    place: Place, telegram: str
) -> None:
    if telegram != "not there":
        await place.wire.open(swallows=telegram == "swallowing")
    await place.program.start()
    await place.program.until_it_answers()
    # Few enough for the ceiling of answers to one number.
    for _ in range(18):
        place.world.text(place.old.phone.id, "签到")
        place.world.type(place.smart.phone.id, "签到")
    await place.until(lambda: len(place.world.sms(place.old.phone.id)) > 20)
    started = time.monotonic()
    assert await place.program.stop() == 0
    assert time.monotonic() - started < 10

    cut_off = await unknown(place)
    assert cut_off <= (telegram == "swallowing"), "the one request that was under way"
    await place.wire.open()
    await place.program.start()
    # Whoever was stopped slowly has tried twice, and tries again after half a minute.
    await place.until(lambda: place.heard_in_chat() >= 18 - cut_off, patience=45)
    await place.until(lambda: len(place.world.sms(place.old.phone.id)) >= 36)
    await place.world.settled()
    assert place.heard_in_chat() == 18 - cut_off
    assert len(place.world.sms(place.old.phone.id)) == 36, "what was on its way arrived, and arrived once"
    assert "Traceback" not in place.program.log.read_text()


async def unknown(place: Place) -> int:
    """Letters of which nobody can say whether they arrived."""
    async with place.program.database() as database, database.reading() as tx:
        return (await deliveries.tally(tx)).get("unknown", 0)
