"""What goes to many, by one door: taken up by hundreds, sent side by side or a batch at a time.

It stands apart from the letters of single people, who never wait behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import chain

import structlog

from bot.batching import as_requests, requests_at_once
from bot.channels.contract import Channel, SendingFailed, Sent
from bot.clock import Clock
from bot.gathering import Gathering
from bot.halting import Halting
from bot.insisting import Insisting
from bot.on_the_wire import OnTheWire
from bot.outcomes import Attempt
from bot.resting import Rest
from bot.safely import send_batch_safely, send_safely
from storage import claiming, deliveries
from storage.claimed import Claimed
from storage.claiming import Taken
from storage.database import Database
from storage.holidays import Calendar
from storage.outbox import BULK

# More are taken up when half of them are left: the line is never empty, and each claim is worth its commit.
_TAKEN_UP = 1000
# Who fills the outbox is told that there is room once it is worth their while.
_WORTH_A_LOOK = 2000
# To open so many takes some milliseconds.
_OPENED_AT_ONCE = 500
# No request is begun with less than this left of the lease.
LEFT = timedelta(minutes=3)

log = structlog.get_logger()


class Bulk:
    """`attempts` writes down what became of them; `took_up` hears that there is room for more to wait."""

    def __init__(
        self,
        database: Database,
        name: str,
        channel: Channel,
        clock: Clock,
        lease: timedelta,
        attempts: Insisting[Sequence[Attempt]],
        took_up: Callable[[], None],
        rest: Rest,
        wire: OnTheWire,
    ) -> None:
        self._database, self._name, self._channel = database, name, channel
        self._clock, self._lease, self._took_up = clock, lease, took_up
        self._attempts, self._wire = attempts, wire
        self._halting, self._calendar = Halting(database), Calendar()
        at_once = requests_at_once(channel)
        self._at_once = asyncio.Semaphore(at_once)
        self._most = max(_TAKEN_UP, at_once * channel.most_at_once)
        self._back: Gathering[Sequence[Claimed]] = Gathering(self._put_all_back)
        self._under_way: set[asyncio.Task[None]] = set()
        self._letters = self._room_made = 0
        self._moved = asyncio.Event()
        self._rest = rest
        self._leaving = False

    async def keep_promises(self) -> int:
        """Take up the next of what is due; how many letters, 0 when none are. They go out meanwhile."""
        await self._room()
        # What was sent and could not be written down stands there as abandoned: it would go out again.
        await self._attempts.nothing_owed()
        if self._leaving or self._rest.left():
            return 0
        taken, most = await self._take(), self._channel.most_at_once
        # Whole batches, as far as they read the same.
        for page in taken.pages(-(-_OPENED_AT_ONCE // most) * most):
            await self._open_and_begin(page)
        self._room_made += len(taken.letters)
        if self._room_made >= _WORTH_A_LOOK or 0 < len(taken.letters) < self._most:
            self._room_made = 0
            self._took_up()
        return len(taken.letters)

    async def _take(self) -> Taken:
        async with self._database.writing() as tx:
            now = self._clock.now()
            return await claiming.take(
                tx, now, self._lease, self._most, self._name, calendar=self._calendar, from_priority=BULK
            )

    async def _open_and_begin(self, page: Taken) -> None:
        claimed, broken = page.opened()
        for together in as_requests(claimed, self._channel.most_at_once):
            self._begin(together)
        # Whoever else is busy in this loop does not wait for all that was taken up.
        await asyncio.sleep(0)
        if broken:
            async with self._database.writing() as tx:
                await claiming.leave_off(tx, self._clock.now(), broken)

    async def arrived(self) -> None:
        while self._under_way:
            await asyncio.wait(self._under_way)

    def leave(self) -> None:
        """Begin no request any more: what was taken up and not begun is due again at once."""
        self._leaving = True

    async def cut(self) -> None:
        """Leave off in the middle: what is on the wire is written down as unknown."""
        self.leave()
        under_way = list(self._under_way)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _begin(self, together: list[Claimed]) -> None:
        self._letters += len(together)
        task = asyncio.create_task(self._to_their_end(together))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _to_their_end(self, together: list[Claimed]) -> None:
        try:
            if await self._is_their_turn(together):
                await self._send_and_record(together)
            else:
                await self._back.write(together)
        except Exception as error:
            log.error("bulk_failed", channel=self._name, exc_info=error)
        finally:
            self._letters -= len(together)
            self._moved.set()

    async def _is_their_turn(self, together: Sequence[Claimed]) -> bool:
        """Returns with a place in the line where they may go; whoever is cut off before may not."""
        try:
            await self._at_once.acquire()
        except asyncio.CancelledError:
            return False
        try:
            if not await self._has_to_stay(together):
                return True
        except asyncio.CancelledError:
            log.info("cut_off_in_line", channel=self._name)
        self._at_once.release()
        return False

    async def _send_and_record(self, together: Sequence[Claimed]) -> None:
        try:
            with self._wire.request([claimed.id for claimed in together]) as request:
                outcomes = await self._send(together)
        finally:
            self._at_once.release()
        self._rest.note(outcomes)
        pairs = zip(together, outcomes, strict=True)
        await self._attempts.write([Attempt(claimed, outcome) for claimed, outcome in pairs])
        request.is_settled()

    async def _send(self, together: Sequence[Claimed]) -> list[Sent | SendingFailed]:
        if len(together) == 1:
            return [await send_safely(self._channel, together[0])]
        return await send_batch_safely(self._channel, together)

    async def _has_to_stay(self, together: Sequence[Claimed]) -> bool:
        if self._leaving or self._rest.left():
            return True
        # What is begun on the last inch of its lease is taken up by another, and goes out twice.
        if together[0].lease_until - self._clock.now() < LEFT:
            return True
        return await self._halting.is_halted(together[0].campaign_id)

    async def _put_all_back(self, requests: Sequence[Sequence[Claimed]]) -> None:
        async with self._database.writing() as tx:
            due = self._clock.now() + self._rest.left()
            await deliveries.put_back(tx, list(chain.from_iterable(requests)), due)

    async def _room(self) -> None:
        while self._letters > self._most // 2:
            self._moved.clear()
            await self._moved.wait()
