"""Workers that sleep until they are woken, and look again by themselves from time to time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

log = structlog.get_logger()


class Worker:
    """`work` says how much it did, and is asked again until that is nothing.

    What falls due later is seen within `every` seconds.
    """

    def __init__(self, name: str, work: Callable[[], Awaitable[int]], every: float = 2.0) -> None:
        self._name = name
        self._work = work
        self._every = every
        self._bell = asyncio.Event()
        self._leaving = False

    def wake(self) -> None:
        self._bell.set()

    def leave(self) -> None:
        """Finish what is in hand and begin nothing more."""
        self._leaving = True
        self._bell.set()

    async def run(self) -> None:
        """Until it is to leave. A failure is written down and tried again: the rows are all still there."""
        while not self._leaving:
            self._bell.clear()
            if not await self._did_something():
                await self._rest()

    async def _did_something(self) -> bool:
        try:
            return bool(await self._work())
        except Exception as error:
            log.error("worker_failed", worker=self._name, exc_info=error)
            return False

    async def _rest(self) -> None:
        if self._leaving:
            return
        try:
            async with asyncio.timeout(self._every):
                await self._bell.wait()
        except TimeoutError:
            return


class Workers:
    """Several that are woken and sent home together, and otherwise do not wait for each other."""

    def __init__(self, workers: Sequence[Worker]) -> None:
        self._workers = workers

    def wake(self) -> None:
        for worker in self._workers:
            worker.wake()

    def leave(self) -> None:
        for worker in self._workers:
            worker.leave()

    async def run(self) -> None:
        await asyncio.gather(*(worker.run() for worker in self._workers))
