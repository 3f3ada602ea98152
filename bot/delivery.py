"""Keeps promises: claim, send, record, retry, take the next door, or give up and say so. Only this sends."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import chain

import structlog

from bot.bulk import LEFT, Bulk
from bot.channels.contract import (
    AddressFailed,
    Channel,
    Receipt,
    SendingFailed,
    Sent,
)
from bot.clock import Clock
from bot.insisting import Insisting
from bot.lanes import Lanes
from bot.left_behind import LeftBehind
from bot.on_the_wire import OnTheWire
from bot.outcomes import NO_CHANNEL, Attempt, record_all
from bot.receipts import ReceiptCame, Receipts, nobody_asks
from bot.resting import Rest
from bot.safely import send_safely
from storage import claiming, deliveries
from storage.claimed import Claimed
from storage.database import Database
from storage.holidays import Calendar
from storage.outbox import BULK

# Seconds of the slowest request (a picture over a village's line) fit into it many times: a lease that
# ends while its request is under way sends twice.
LEASE = timedelta(minutes=5)
AT_ONCE = 100
# Seconds. A commit costs as much as thirty letters: those of a campaign, for whose outcome nobody waits,
# share one. What is sent meanwhile and not written down is what a kill may double.
_LULL = 0.01
# With more recipients under way, answers wait in the outbox like everything else.
_MOST_CARRIED = 200

log = structlog.get_logger()


class Delivery:
    """`took_up` hears that campaigns' letters left the outbox, and there is room for more of them;
    `receipt_came` of each receipt for a letter of ours whether it arrived, and why not.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        took_up: Callable[[], None] = lambda: None,
        wire: OnTheWire | None = None,
        receipt_came: ReceiptCame = nobody_asks,
    ) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._lanes: dict[str, Lanes] = {}
        self._attempts = Insisting(self._record)
        self._rests = {name: Rest(channel, clock) for name, channel in channels.items()}
        self._wire = wire or OnTheWire(database.file)
        self.bulk = {
            name: Bulk(
                database,
                name,
                channel,
                clock,
                LEASE,
                Insisting(self._record, lull=_LULL),
                took_up,
                self._rests[name],
                self._wire,
            )
            for name, channel in channels.items()
        }
        self._receipts = Receipts(database, clock, receipt_came)
        self._behind = {channel: LeftBehind() for channel in channels}
        self._calendar = Calendar()
        self._leaving = False

    async def take_over(self) -> None:
        """Before the first sending of a process: answers that a crash caught on the way go out at once."""
        left = self._wire.of_the_dead()
        async with self._database.writing() as tx:
            ended = await deliveries.end_leases_of_the_dead(tx, self._clock.now(), left)
        self._wire.begin()
        if ended:
            log.warning("taken_over", letters=ended)

    async def keep_promises(self, channel: str) -> int:
        """Take up the next of what is due by this channel; how many letters those were, 0 when none are.

        They go out meanwhile. It returns when there is room for more.
        """
        lanes = self._lanes_of(channel)
        await lanes.room()
        # What was sent and could not be written down stands there as abandoned: it would go out again.
        await self._attempts.nothing_owed()
        if self._leaving:
            return 0
        behind = self._behind.setdefault(channel, LeftBehind())
        behind.seek()
        async with self._database.writing() as tx:
            now = self._clock.now()
            claimed = await claiming.claim(
                tx, now, LEASE, AT_ONCE, channel, calendar=self._calendar, to_priority=self._up_to(channel)
            )
        if len(claimed) < AT_ONCE:
            behind.found_all()
        lanes.send(claimed)
        return len(claimed)

    def _up_to(self, channel: str) -> int:
        """What goes to many has its own line; where no door is set up, this one says so of all."""
        return BULK - 1 if channel in self.bulk else BULK

    def lease_for(self, channel: str, recipient: str) -> timedelta | None:
        """For how long an answer is ours if it is carried as soon as it is committed; None where it waits.

        Where too many are under way, and where an older answer waits in the outbox: nothing overtakes it.
        """
        behind = self._behind.get(channel)
        if behind is None:
            return None
        if behind.holds(recipient) or self._lanes_of(channel).recipients() > _MOST_CARRIED:
            behind.add(recipient)
            return None
        return LEASE

    def carry(self, answers: Sequence[Claimed]) -> None:
        """Send these: they were committed under the lease that they were given."""
        for answer in answers:
            self._lanes_of(answer.channel).send([answer])

    @property
    def is_behind(self) -> bool:
        """Whether answers wait in the outbox."""
        return any(self._behind.values())

    async def arrived(self, channel: str = "") -> None:
        """Returns when nothing is under way by this channel, or by any."""
        for name, lanes in list(self._lanes.items()):
            if channel in ("", name):
                await lanes.ended()
        for name, bulk in self.bulk.items():
            if channel in ("", name):
                await bulk.arrived()

    def leave(self) -> None:
        """Begin no request any more: what was taken up and not begun is due again at once."""
        self._leaving = True
        for bulk in self.bulk.values():
            bulk.leave()

    async def cut(self) -> None:
        """Leave off in the middle. A letter under way is written down as unknown: it is not sent twice."""
        self.leave()
        for lanes in list(self._lanes.values()):
            await lanes.cut()
        for bulk in self.bulk.values():
            await bulk.cut()
        self._wire.close()

    async def note_receipt(self, receipt: Receipt) -> None:
        """What the other side says became of a message."""
        await self._receipts.note(receipt)

    def _lanes_of(self, channel: str) -> Lanes:
        return self._lanes.setdefault(channel, Lanes(self._in_order))

    async def _in_order(self, lane: deque[Claimed]) -> None:
        """One person's letters one after the other, so that they read in the order they were written."""
        while lane:
            claimed = lane.popleft()
            rest = self._rest_of(claimed.channel)
            if self._leaving or rest or claimed.lease_until - self._clock.now() < LEFT:
                lane.appendleft(claimed)
                await self._put_back(lane, rest)
                return
            with self._wire.request([claimed.id]) as request:
                attempt = Attempt(claimed, await self._send(claimed))
            self._note_rest(attempt)
            await self._attempts.write([attempt])
            request.is_settled()
            if attempt.wait:
                await self._put_back(lane, attempt.wait)

    def _rest_of(self, channel: str) -> timedelta:
        rest = self._rests.get(channel)
        return rest.left() if rest else timedelta()

    def _note_rest(self, attempt: Attempt) -> None:
        if rest := self._rests.get(attempt.claimed.channel):
            rest.note([attempt.outcome])

    async def _send(self, claimed: Claimed) -> Sent | SendingFailed:
        channel = self._channels.get(claimed.channel)
        if channel is None:
            return AddressFailed(NO_CHANNEL)
        return await send_safely(channel, claimed)

    async def _record(self, together: Sequence[Sequence[Attempt]]) -> None:
        now = self._clock.now()
        async with self._database.writing() as tx:
            await record_all(tx, now, list(chain.from_iterable(together)))

    async def _put_back(self, lane: deque[Claimed], wait: timedelta) -> None:
        """The other side asked to be left alone, or is not there: nothing overtakes, nobody knocks.

        More may be put into the lane meanwhile, and waits like the rest.
        """
        while lane:
            letters = list(lane)
            lane.clear()
            async with self._database.writing() as tx:
                await deliveries.put_back(tx, letters, self._clock.now() + wait)
