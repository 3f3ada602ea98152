"""Builds every part in order, runs them together, and closes them in reverse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager

from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.delivery import Delivery
from bot.doors import Doors, doors_of
from bot.intake import Intake
from bot.listening import listen
from bot.serving import serving
from bot.settings import Settings
from bot.web import Door
from bot.worker import Worker
from handlers.turn import House
from schedules.timetable import TIMETABLE
from storage import deliveries, inbox, migrations
from storage.database import Database
from storage.vault import read_vault


class App:
    """The whole program. `clockwork.tick` and the two workers may be woken from outside, as the demo does."""

    def __init__(self, settings: Settings, clock: Clock, database: Database, doors: Doors) -> None:
        self.settings, self.clock, self.database, self.doors = settings, clock, database, doors
        house = House(doors.bot_name, settings.timezone, settings.language)
        self.intake = Intake(database, doors.channels, house, clock)
        self.delivery = Delivery(database, doors.channels, clock)
        self.sending = Worker("sending", self.delivery.keep_promises)
        self.turns = Worker("turns", self._take_turns)
        self.clockwork = Clockwork(database, clock, TIMETABLE, settings.timezone, self.sending.wake)

    async def idle(self) -> bool:
        """Whether all that came is answered and all that is due is sent."""
        async with self.database.reading() as tx:
            waiting = (await inbox.tally(tx)).get("new", 0)
            under_way = (await deliveries.tally(tx)).get("sending", 0)
            due = await deliveries.next_due(tx)
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
        )

    def tasks(self) -> list[Coroutine[None, None, None]]:
        found = [self.turns.run(), self.sending.run()]
        if self.doors.telegram:
            by_polling = self.settings.telegram_mode == "polling"
            found.append(listen(self.doors.telegram, self.intake, self.turns.wake, by_polling))
        return found

    async def _take_turns(self) -> None:
        """Answers go out at once, and so does what a turn planned for this moment."""
        if await self.intake.take_turns():
            self.sending.wake()
            await self.clockwork.tick()


@asynccontextmanager
async def running(settings: Settings, clock: Clock, tick_seconds: float = 5) -> AsyncIterator[App]:
    """The program at work in this event loop. What keeps it from starting is raised, with what to do."""
    await migrations.check_is_current(settings.database_url)
    async with AsyncExitStack() as closing:
        database = Database(settings.database_url, read_vault(settings.key_file))
        closing.push_async_callback(database.close)
        doors = doors_of(settings)
        for channel in doors.channels.values():
            closing.push_async_callback(channel.close)
        app = App(settings, clock, database, doors)
        await closing.enter_async_context(
            serving(app.http_door().app(), settings.http_port, settings.http_host)
        )
        await closing.enter_async_context(_at_work(app.tasks()))
        app.clockwork.start(app.clockwork.tick, tick_seconds)
        closing.callback(app.clockwork.stop)
        yield app


@asynccontextmanager
async def _at_work(works: list[Coroutine[None, None, None]]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
