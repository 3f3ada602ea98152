"""Many who want to write at the same time, and one commit for all of them.

A commit waits for the disk; what comes while one is under way shares the next. One by one, a burst of
webhooks would queue up behind as many syncs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from storage.trouble import trouble_of

T = TypeVar("T")

# So many rows are written in some ten milliseconds; nobody should wait longer for the first of them.
TOGETHER = 500
# Seconds. For so long those who are at the door are let in; where nobody comes, not at all.
PATIENCE = 0.02


class Gathering(Generic[T]):
    """`commit` writes all it is given in one transaction, or fails and leaves nothing behind.

    Where nobody waits for what is written, `lull` seconds are given to others to come as well.
    """

    def __init__(self, commit: Callable[[Sequence[T]], Awaitable[None]], lull: float = 0.0) -> None:
        self._commit, self._lull = commit, lull
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._at_work: asyncio.Task[None] | None = None

    async def write(self, item: T) -> None:
        """Returns once the item is committed; raises what kept it from being so.

        Whoever is told to stop meanwhile stops when that is decided: nobody closes the database under it.
        """
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, written))
        if self._at_work is None or self._at_work.done():
            self._at_work = asyncio.create_task(self._work_off())
        try:
            await asyncio.shield(written)
        except asyncio.CancelledError:
            # At the end of the loop the one at work is told to stop as well, and tells nobody.
            await asyncio.wait([written, self._at_work], return_when=asyncio.FIRST_COMPLETED)
            raise

    async def _work_off(self) -> None:
        while self._waiting:
            await self._let_them_come()
            together, self._waiting = self._waiting[:TOGETHER], self._waiting[TOGETHER:]
            await self._write(together)

    async def _let_them_come(self) -> None:
        """A commit begun for the first of a crowd keeps all others waiting for the next one, and is slow:
        SQLite's thread gets the interpreter's lock late from a loop that is busy letting them in.
        """
        if self._lull and len(self._waiting) < TOGETHER:
            await asyncio.sleep(self._lull)
        clock = asyncio.get_running_loop().time
        until, came = clock() + PATIENCE, 0
        while came < len(self._waiting) < TOGETHER and clock() < until:
            came = len(self._waiting)
            await asyncio.sleep(0)

    async def _write(self, together: Sequence[tuple[T, asyncio.Future[None]]]) -> None:
        try:
            await self._commit([item for item, _ in together])
        except Exception as error:
            if len(together) == 1 or trouble_of(error):
                _tell(together, error)
                return
            # One that cannot be written must not cost the others their place.
            for one in together:
                await self._write([one])
        else:
            _tell(together, None)


def _tell(together: Sequence[tuple[T, asyncio.Future[None]]], error: Exception | None) -> None:
    """Whoever stopped waiting is told nothing."""
    for _, written in together:
        if written.done():
            continue
        if error:
            written.set_exception(error)
        else:
            written.set_result(None)
