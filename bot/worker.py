"""A worker that sleeps until it is woken, and looks again by itself from time to time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


class Worker:
    """`work` does all that is there; what is due later is seen within `every` seconds."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]], every: float = 2.0) -> None:
        self._name = name
        self._work = work
        self._every = every
        self._bell = asyncio.Event()

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        """Until cancelled. A failure is written down and tried again: the rows are all still there."""
        while True:
            self._bell.clear()
            try:
                await self._work()
            except Exception as error:
                log.error("worker_failed", worker=self._name, exc_info=error)
            try:
                async with asyncio.timeout(self._every):
                    await self._bell.wait()
            except TimeoutError:
                continue
