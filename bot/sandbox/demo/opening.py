"""Opens the demo: the world, the district at the first visit, the page, the program."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.clock import WoundClock
from bot.sandbox.bot_api.flood import Flood
from bot.sandbox.demo.cast import cast_of, hand_out_phones, on_stage
from bot.sandbox.demo.crowd import Crowd
from bot.sandbox.demo.folder import DemoFolder
from bot.sandbox.demo.greeting import greet
from bot.sandbox.demo.guests import Guests
from bot.sandbox.demo.stage import DemoStage
from bot.sandbox.district import found_district
from bot.sandbox.page import page_routes
from bot.sandbox.phones import Phone
from bot.sandbox.rehearsal import Rehearsal, rehearsing
from bot.sandbox.world import World
from bot.serving import LOOPBACK, PortBusy
from storage import addresses, units
from storage.database import Database, Transaction

_TIMEZONE = ZoneInfo("Asia/Shanghai")
_MORNING = time_of_day(10)
_CLOCK_IS_KEPT_EVERY = 5.0  # seconds


class OpenDemo(NamedTuple):
    rehearsal: Rehearsal
    stage: DemoStage


@asynccontextmanager
async def opened_demo(
    path: Path, port: int, reset: bool = False, start: datetime | None = None, flood: bool = False
) -> AsyncIterator[OpenDemo]:
    """The demo at http://127.0.0.1:PORT. Raises PortBusy and FolderUnusable, both before anything is touched.

    With `flood` its Telegram refuses whoever writes too fast, and the program keeps to that pace.
    Its clock goes on where the last visit ended, and at first stands at `start`, or in the morning of today.
    """
    folder = DemoFolder(path)
    _check_port(port)
    with folder.held():
        if reset:
            folder.clear()
        clock = WoundClock(_begin(folder, start), runs=True)
        async with _clock_kept(folder, clock), _put_on(folder, clock, port, flood) as open_demo:
            yield open_demo


def _check_port(port: int) -> None:
    """First of all: whoever holds the port may be a demo that lives in this folder."""
    try:
        socket.create_server((LOOPBACK, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(port) from None
        raise


def _begin(folder: DemoFolder, start: datetime | None) -> datetime:
    """A visitor at midnight would see a village asleep: nobody is written to before morning."""
    today = datetime.now(_TIMEZONE).date()
    begin = start or datetime.combine(today, _MORNING, _TIMEZONE)
    left = folder.clock_left_at()
    if left is None:
        return begin.astimezone(UTC)
    # Whoever pulled the plug may have said something since it was last written down.
    return max(left + timedelta(seconds=_CLOCK_IS_KEPT_EVERY), start or left)


@asynccontextmanager
async def _clock_kept(folder: DemoFolder, clock: WoundClock) -> AsyncIterator[None]:
    """Written down again and again, for whoever pulls the plug, and once more at the end."""

    async def keep() -> None:
        while True:
            folder.keep_clock(clock.now())
            await asyncio.sleep(_CLOCK_IS_KEPT_EVERY)

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()
        folder.keep_clock(clock.now())


@asynccontextmanager
async def _put_on(folder: DemoFolder, clock: WoundClock, port: int, flood: bool) -> AsyncIterator[OpenDemo]:
    world = World(clock)
    world.telegram.gate = Flood() if flood else None
    world.begin_after(int(time.time()) % 1_000_000_000)
    phones = hand_out_phones(world)
    stage = DemoStage(clock, on_stage(phones), _TIMEZONE)
    routes = page_routes(world, stage)
    async with rehearsing(world, folder.path, clock, port, routes, paced=flood, breakable=True) as rehearsal:
        database, crowd = rehearsal.app.database, Crowd(world)
        guests = Guests(world, database, clock, folder, crowd)
        await _people_the_world(database, world, clock, phones)
        await guests.move_in()
        stage.open(rehearsal, crowd, guests)
        yield OpenDemo(rehearsal, stage)


async def _people_the_world(
    database: Database, world: World, clock: WoundClock, phones: tuple[Phone, ...]
) -> None:
    """The district at the first visit, and a first word on the phones in sight."""
    async with database.writing() as tx:
        if not await units.everyone(tx):
            await found_district(tx, clock.now(), cast_of(phones))
        await _open_chats(tx, world, phones)
        await greet(tx, clock.now(), phones)


async def _open_chats(tx: Transaction, world: World, phones: tuple[Phone, ...]) -> None:
    """Whoever has joined by chat has written to the bot before."""
    for phone in phones:
        if phone.smartphone and await addresses.behind(tx, "telegram", str(phone.id)):
            world.private_chat(phone.id).known = True
