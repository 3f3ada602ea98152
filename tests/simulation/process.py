"""The program as a process: started on a file, told to stop, or killed in the middle of whatever it does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import Any, TypeVar

from bot.app import App
from bot.channels.wire import it_leaves
from bot.clock import Clock
from bot.doors import Doors
from bot.settings import Settings
from bot.worker import Worker
from storage.database import Database
from storage.key_ring import KeyRing
from tests.simulation import disk
from tests.simulation.disk import Disk, PowerCut

T = TypeVar("T")
# Workers look again by themselves every two seconds: of ninety days that is all that would be seen.
_NEVER = 1e9


class Died(Exception):
    """The process ended before it answered."""


class _Awaited(App):
    """Has what is unknown settled when there is any, and not each half minute. Its centre's receipts, late or
    lost, are the ladder's to meet: nobody asks for them.
    """

    def _settling(self) -> list[Worker]:
        return []

    def _asking(self) -> list[Worker]:
        return []


class Process:
    """`when_dead` is told once, at the moment of a crash. `is_due` says whether anything waits to be sent
    by a channel, to one (False) or to many (True): who looks for nothing need not be woken.
    """

    def __init__(
        self, when_dead: Callable[[], None], is_due: Callable[[str, bool], bool] = lambda _door, _bulk: True
    ) -> None:
        self._when_dead, self._is_due = when_dead, is_due
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self.disk = Disk(self._died)
        self.is_dead = False
        self.app: App

    async def start(self, settings: Settings, clock: Clock, doors: Doors) -> None:
        """Returns once it is at work; Died where the power went before that."""
        at_work = asyncio.get_running_loop().create_future()
        self._running = asyncio.create_task(self._run(settings, clock, doors, at_work))
        await asyncio.wait([self._running, at_work], return_when=asyncio.FIRST_COMPLETED)
        if at_work.done():
            return
        error = self._running.exception()
        raise Died if isinstance(error, PowerCut) or error is None else error

    def kill(self) -> None:
        if not self.is_dead:
            self.disk.cut()

    async def stop(self) -> None:
        """As systemd asks it to: SIGTERM."""
        self._stopping.set()
        if self._running:
            await asyncio.wait([self._running])
        self.is_dead = True

    def breathes(self) -> None:
        """A request leaves, as the real doors say of each; PowerCut of one that is dead: none does."""
        if self.is_dead:
            raise PowerCut
        it_leaves()

    async def does(self, work: Coroutine[Any, Any, T]) -> T:
        """Work of the program that somebody outside asked for; Died where it never answers."""
        if self.is_dead:
            work.close()
            raise Died
        task = asyncio.create_task(work)
        await asyncio.wait([task])
        if self.is_dead and (task.cancelled() or isinstance(task.exception(), PowerCut)):
            raise Died
        return task.result()

    async def sweep(self, outside: Collection[asyncio.Task[Any]]) -> None:
        """After a crash: what still stands in memory falls over a disk and a network that are not there.

        All is the process's own but the tasks `outside`.
        """
        while ours := asyncio.all_tasks() - {asyncio.current_task(), *outside}:
            for task in ours:
                task.cancel()
            await asyncio.wait(ours)
        await asyncio.gather(self.app.database.close(), return_exceptions=True)

    async def _run(
        self, settings: Settings, clock: Clock, doors: Doors, at_work: asyncio.Future[None]
    ) -> None:
        disk.use(self.disk)
        database = Database(settings.database_url, KeyRing(settings.key_file))
        try:
            self.app = _Awaited(settings, clock, database, doors)
            for worker in (self.app.turns, self.app.rosters, self.app.campaigns):
                worker._every = _NEVER
            for worker in self.app.sending._workers:
                self._looks_only_when_due(worker)
            async with self.app.at_work():
                at_work.set_result(None)
                await self._stopping.wait()
        finally:
            await database.close()

    def _died(self) -> None:
        self.is_dead = True
        self._when_dead()

    def _looks_only_when_due(self, worker: Worker) -> None:
        what, _, channel = worker._name.split()
        rings, works = worker.wake, worker._work

        def wake() -> None:
            if self._is_due(channel, what == "campaigns"):
                rings()

        async def work() -> int:
            worked = await works()
            return worked if worked and self._is_due(channel, what == "campaigns") else 0

        worker._every, worker.wake, worker._work = _NEVER, wake, work  # type: ignore[method-assign]
