"""Letters on their way: to each recipient one after the other, to many recipients at once.

One recipient who answers slowly, or may be written to once a second only, keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog

from storage.claimed import Claimed

# More are taken up when so few are left: the line is never empty, and each claim is worth its commit.
REFILL = 50

log = structlog.get_logger()


class Lanes:
    """`walk` takes a recipient's letters from the left until there are none; more may come meanwhile."""

    def __init__(self, walk: Callable[[deque[Claimed]], Awaitable[None]]) -> None:
        self._walk = walk
        self._lanes: dict[tuple[str, str], deque[Claimed]] = {}
        self._walking: set[asyncio.Task[None]] = set()
        self._moved = asyncio.Event()

    def send(self, letters: Sequence[Claimed]) -> None:
        for letter in letters:
            recipient = (letter.channel, letter.recipient)
            lane = self._lanes.get(recipient)
            if lane is None:
                self._open(recipient, letter)
            else:
                lane.append(letter)

    async def room(self) -> None:
        """Returns when so few are under way that more can be taken up."""
        while self._under_way() > REFILL:
            self._moved.clear()
            await self._moved.wait()

    def recipients(self) -> int:
        """To how many something is under way."""
        return len(self._lanes)

    async def ended(self) -> None:
        """Returns when all that was on its way has arrived, or failed."""
        while self._walking:
            await asyncio.wait(self._walking)

    async def cut(self) -> None:
        """Leave off at once: each walker is told, and writes down where it stood."""
        walking = list(self._walking)
        for task in walking:
            task.cancel()
        await asyncio.gather(*walking, return_exceptions=True)

    def _open(self, recipient: tuple[str, str], letter: Claimed) -> None:
        lane = self._lanes[recipient] = deque([letter])
        task = asyncio.create_task(self._to_its_end(recipient, lane))
        self._walking.add(task)
        task.add_done_callback(self._walking.discard)

    async def _to_its_end(self, recipient: tuple[str, str], lane: deque[Claimed]) -> None:
        try:
            await self._walk(lane)
        except Exception as error:
            log.error("lane_failed", channel=recipient[0], exc_info=error)
        finally:
            del self._lanes[recipient]
            self._moved.set()

    def _under_way(self) -> int:
        return sum(1 + len(lane) for lane in self._lanes.values())
