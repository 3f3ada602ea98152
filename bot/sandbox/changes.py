"""The bell of the pretend world: it rings at every change, so nobody has to ask again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator


class Changes:
    def __init__(self) -> None:
        self.version, self.closed = 0, False
        self._bell = asyncio.Event()

    def ring(self) -> None:
        self.version += 1
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()

    def close(self) -> None:
        """Sends home whoever waits, so that nobody has to wait for them."""
        self.closed = True
        self.ring()

    def open(self) -> None:
        self.closed = False

    async def after(self, version: int) -> int:
        """The present version, as soon as it is past the given one, or nobody is to wait any more."""
        while self.version <= version and not self.closed:
            await self._bell.wait()
        return self.version

    async def follow(self) -> AsyncIterator[int]:
        """Each version from now on, until it closes; those that passed meanwhile come as one."""
        seen = self.version
        while not self.closed:
            seen = await self.after(seen)
            yield seen
