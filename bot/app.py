"""Builds every part in order, runs them together, and closes them in reverse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import get_args

from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.counted import Counted
from bot.delivery import Delivery
from bot.doors import Doors, doors_of
from bot.health import Health
from bot.hearing import HealthAndHearing, Hearing
from bot.intake import Intake
from bot.listening import listen
from bot.metrics import Metrics
from bot.readings import Readings
from bot.roster_desk import RosterDesk
from bot.serving import serving
from bot.settings import Settings
from bot.watch import Watch
from bot.web import Door
from bot.worker import Worker, Workers
from handlers import switchboard
from handlers.turn import House
from schedules.timetable import TIMETABLE
from storage import deliveries, inbox, migrations
from storage.addresses import ChannelName
from storage.database import Database
from storage.key_check import check_key
from storage.key_ring import KeyRing

# Seconds that requests under way have to end when the program is told to stop.
GRACE = 5.0
# Those that turns under way have before it.
_TURNS_GRACE = 2.0


class App:
    """The whole program. `clockwork.tick` and the workers may be woken from outside, as the demo does."""

    def __init__(self, settings: Settings, clock: Clock, database: Database, doors: Doors) -> None:
        self.settings, self.clock, self.database, self.doors = settings, clock, database, doors
        self.metrics = Metrics(switchboard.INTENTS)
        house = House(
            doors.bot_name,
            settings.timezone,
            settings.language,
            doors.gateway is not None,
            self.metrics.meant,
        )
        counted = {name: Counted(name, door, self.metrics, clock) for name, door in doors.channels.items()}
        self.delivery = Delivery(database, counted, clock)
        self.intake = Intake(database, doors.channels, house, clock, self.metrics.turn_taken, self.delivery)
        # One for each channel: where Telegram's packets are dropped on the way, a request to it takes
        # half a minute to fail, and no SMS waits for that.
        self.sending = Workers(
            [
                Worker(f"sending by {channel}", partial(self.delivery.keep_promises, channel))
                for channel in get_args(ChannelName)
            ]
        )
        self.turns = Worker("turns", self._take_turns)
        self.desk = RosterDesk(database, doors.channels, clock, self.sending.wake)
        self.rosters = Worker("rosters", self.desk.work)
        self.hearing = Hearing(clock)
        self._ticked: datetime | None = None
        self.clockwork = Clockwork(database, clock, TIMETABLE, settings.timezone, self.sending.wake)

    async def idle(self) -> bool:
        """Whether all that came is answered and all that is due is sent."""
        async with self.database.reading() as tx:
            waiting = (await inbox.tally(tx)).get("new", 0)
            under_way = (await deliveries.tally(tx)).get("sending", 0)
            due = await deliveries.next_due(tx)
        if not await self.desk.is_idle():
            return False
        return not waiting and not under_way and (due is None or due > self.clock.now())

    def http_door(self) -> Door:
        secret = self.settings.telegram_secret.get_secret_value()
        by_webhook = self.doors.telegram and self.settings.telegram_mode == "webhook"
        return Door(
            self.intake,
            self.delivery,
            self.turns.wake,
            self.doors.gateway,
            self.settings.sms_path,
            secret if by_webhook else "",
            self._health(),
            Watch(
                self.metrics,
                Readings(self.database, self.clock, lambda: self._ticked),
                self.clock,
                self.settings.metrics_secret.get_secret_value(),
            ),
        )

    def _health(self) -> Health:
        if self.doors.telegram is None:
            return Health(self.database, self.clock, lambda: self._ticked)
        return HealthAndHearing(self.database, self.clock, lambda: self._ticked, self.hearing)

    async def tick(self) -> None:
        """What the clock brings, and when it last did."""
        await self.clockwork.tick()
        self._ticked = self.clock.now()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """All at work; at the end what is on its way may arrive, and the rest stands in the database."""
        await self.delivery.take_over()
        turns, sending = asyncio.create_task(self.turns.run()), asyncio.create_task(self.sending.run())
        others = [asyncio.create_task(work) for work in self._beside()]
        try:
            yield
        finally:
            for task in others:
                task.cancel()
            # Answers of the turns in hand belong to this process: they go out with it, or are put back by it.
            self.turns.leave()
            await asyncio.wait([turns], timeout=_TURNS_GRACE)
            turns.cancel()
            self.sending.leave()
            self.delivery.leave()
            arrived = asyncio.create_task(self.delivery.arrived())
            await asyncio.wait([sending, arrived], timeout=GRACE)
            for task in (sending, arrived):
                task.cancel()
            await self.delivery.cut()
            await asyncio.gather(turns, sending, arrived, *others, return_exceptions=True)

    def _beside(self) -> list[Coroutine[None, None, None]]:
        return [self.rosters.run(), *self._listening()]

    def _listening(self) -> list[Coroutine[None, None, None]]:
        if self.doors.telegram is None:
            return []
        by_polling = self.settings.telegram_mode == "polling"
        return [listen(self.doors.telegram, self.intake, self.turns.wake, self.hearing, by_polling)]

    async def _take_turns(self) -> int:
        """Answers go out at once, and so does what a turn planned for this moment."""
        taken = await self.intake.take_turns()
        did_more = self.intake.did_more()
        if did_more or self.delivery.is_behind:
            self.sending.wake()
        if did_more:
            self.rosters.wake()
            await self.clockwork.tick()
        return taken


@asynccontextmanager
async def running(settings: Settings, clock: Clock, tick_seconds: float = 5) -> AsyncIterator[App]:
    """The program at work in this event loop. What keeps it from starting is raised, with what to do."""
    await migrations.check_is_current(settings.database_url)
    async with AsyncExitStack() as closing:
        database = Database(settings.database_url, KeyRing(settings.key_file))
        closing.push_async_callback(database.close)
        async with database.reading() as tx:
            await check_key(tx)
        doors = doors_of(settings)
        for channel in doors.channels.values():
            closing.push_async_callback(channel.close)
        app = App(settings, clock, database, doors)
        await closing.enter_async_context(
            serving(app.http_door().app(), settings.http_port, settings.http_host)
        )
        await closing.enter_async_context(app.at_work())
        app.clockwork.start(app.tick, tick_seconds)
        closing.push_async_callback(app.clockwork.stop)
        yield app
