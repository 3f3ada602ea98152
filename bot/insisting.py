"""Writing down what cannot be undone: again and again, until the database takes it.

What became of a letter that was sent must not be forgotten: whoever finds it unwritten sends it twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.gathering import Gathering
from storage.trouble import will_pass

T = TypeVar("T")

# Seconds. A database that was away is tried as often as the workers look for work.
PAUSE = 1.0


class Insisting(Gathering[T]):
    def __init__(
        self, commit: Callable[[Sequence[T]], Awaitable[None]], pause: float = PAUSE, lull: float = 0.0
    ) -> None:
        super().__init__(commit, lull)
        self._pause = pause
        self._owed = 0
        self._nothing_owed = asyncio.Event()
        self._nothing_owed.set()

    async def write(self, item: T) -> None:
        """Returns once the item is committed, however long the database is in trouble."""
        if await self._is_written(item):
            return
        self._owed += 1
        self._nothing_owed.clear()
        try:
            while True:
                await asyncio.sleep(self._pause)
                if await self._is_written(item):
                    return
        finally:
            self._owed -= 1
            if not self._owed:
                self._nothing_owed.set()

    async def nothing_owed(self) -> None:
        """Returns when nothing waits that was refused before."""
        await self._nothing_owed.wait()

    async def _is_written(self, item: T) -> bool:
        try:
            await super().write(item)
        except Exception as error:
            if not will_pass(error):
                raise
            return False
        return True
