"""One run: a seed, so many people, so many days. The same seed lives the same days."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from bot.doors import Doors
from bot.settings import Settings
from storage.vault import read_vault
from tests.simulation.centre import SmsCentre
from tests.simulation.company import company_of
from tests.simulation.diary import Diary
from tests.simulation.disk import PowerCut
from tests.simulation.faults import Faults
from tests.simulation.founding import found
from tests.simulation.inbound import Inbound
from tests.simulation.person import DAY
from tests.simulation.phone_book import PhoneBook
from tests.simulation.plan import SHANGHAI, START, Plan
from tests.simulation.process import Process
from tests.simulation.records import Records, microseconds
from tests.simulation.service import Service
from tests.simulation.telegram import TelegramServer
from tests.simulation.virtual_time import VirtualClock, VirtualLoop
from tests.simulation.waking import Waking
from tests.simulation.watch import Watch

# The dear invariants are looked at when everybody sleeps: seconds after the start, and each day again.
_NIGHT = 20 * 3600.0


class World:
    """What happens later is nobody's task but the world's: a process that dies takes none of it along."""

    def __init__(self, plan: Plan, loop: VirtualLoop, settings: Settings, database: Path) -> None:
        self.plan, self.seed, self.loop, self.settings = plan, plan.seed, loop, settings
        self.zone, self.start, self.began_at = SHANGHAI, START, microseconds(START)
        self.clock = VirtualClock(loop, START)
        self.diary = Diary(self.clock, plan.diary)
        self.records = Records(database, read_vault(settings.key_file))
        self.book = PhoneBook()
        self.company = company_of(plan.seed)
        self.telegram, self.centre, self.inbound = TelegramServer(self), SmsCentre(self), Inbound(self)
        self.watch = Watch(self, plan.all_at_night)
        self.waking, self.service = Waking(self), Service(self)
        self.faults_logged: list[str] = []
        self.ended: asyncio.Future[None] = loop.create_future()
        self.tasks: set[asyncio.Task[Any]] = set()

    @property
    def process(self) -> Process:
        """The one at work, or the one that died last."""
        return self.service.process

    def later(self, seconds: float, what: Callable[[], object]) -> asyncio.TimerHandle:
        return self.loop.call_later(max(seconds, 0), what)

    def begins(self, work: Coroutine[Any, Any, Any]) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._is_over)

    def _is_over(self, task: asyncio.Task[Any]) -> None:
        """What fails in the world itself is a fault of the simulation, and ends it."""
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) and not self.ended.done():
            self.ended.set_exception(error)

    async def lives(self) -> None:
        await self._is_founded()
        await self.service.starts()
        self.loop.when_calm = self.waking.calm
        for person in self.book.people:
            person.begins()
        if self.plan.with_faults:
            Faults(self, self.plan.days).begin()
        self.later(_NIGHT, self._night_falls)
        await asyncio.sleep(1)
        self.plan.sabotage(self)
        await asyncio.sleep(self.plan.days * DAY)
        self.watch.ends()
        self.loop.when_calm = lambda: None
        await self.process.stop()
        self.ended.set_result(None)

    async def _is_founded(self) -> None:
        process = Process(lambda: None)
        await process.start(self.settings, self.clock, Doors(None, None, {}))

        async def all_at_once() -> None:
            async with process.app.database.writing() as tx:
                await found(tx, self, self.plan.members, self.clock.now())

        await process.does(all_at_once())
        await process.does(process.app.tick())
        await process.stop()

    def _night_falls(self) -> None:
        self.later(DAY, self._night_falls)
        if not self.process.is_dead:
            self.watch.day_ends()

    def notes_fault(self, _loop: asyncio.AbstractEventLoop, said: dict[str, Any]) -> None:
        """What asyncio hears of a task that nobody waits for."""
        if not isinstance(said.get("exception"), PowerCut):
            self.faults_logged.append(f"{said.get('message')}: {said.get('exception')!r}")

    def closes(self) -> None:
        """Whoever still waits for something waits in vain from here on."""
        for task in asyncio.all_tasks(self.loop):
            task.cancel()
        self.loop.run_until_complete(asyncio.sleep(0))
        self.records.close()
        self.diary.close()
