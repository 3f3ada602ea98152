"""Time that passes only while everybody waits for it, so that minutes are over at once."""

from __future__ import annotations

import asyncio
from heapq import heappop, heappush
from itertools import count
from typing import Any


class Hours:
    def __init__(self) -> None:
        self.at = 1000.0
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = count()

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._asleep, (self.at + seconds, next(self._count), waking))
        await waking

    async def pass_until(self, done: asyncio.Future[Any]) -> None:
        """Moves the time on to whoever wakes next, again and again, until `done`."""
        while not done.done():
            for _ in range(5):
                await asyncio.sleep(0)
            if self._asleep and not done.done():
                due, _, waking = heappop(self._asleep)
                # Whoever was busy made time pass as well.
                self.at = max(self.at, due)
                waking.set_result(None)
