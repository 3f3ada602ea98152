"""Keeps promises: claim, send, record, retry, take the next door, or give up and say so. Only this sends."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog

from bot.channels.contract import (
    AddressFailed,
    Channel,
    NeverLeft,
    OutcomeUnknown,
    Receipt,
    SendingFailed,
    Sent,
    TryLater,
)
from bot.clock import Clock
from bot.envelope import outgoing_of
from bot.gathering import Gathering
from bot.lanes import Lanes
from bot.left_behind import LeftBehind
from bot.outcomes import NO_CHANNEL, Attempt, record
from storage import deliveries
from storage.claimed import Claimed
from storage.database import Database

# Seconds of the slowest request (a picture over a village's line) fit into it many times: a lease that
# ends while its request is under way sends twice.
LEASE = timedelta(minutes=5)
# No request is begun with less than this left of the lease.
_LEFT = timedelta(minutes=3)
AT_ONCE = 100
# With more recipients under way, answers wait in the outbox like everything else.
_MOST_CARRIED = 200

log = structlog.get_logger()


class Delivery:
    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock
        self._lanes: dict[str, Lanes] = {}
        self._attempts = Gathering(self._record)
        self._receipts = Gathering(self._note_receipts)
        self._behind = {channel: LeftBehind() for channel in channels}
        self._leaving = False

    async def take_over(self) -> None:
        """Before the first sending of a process: answers that a crash caught on the way go out at once."""
        async with self._database.writing() as tx:
            ended = await deliveries.end_leases_of_the_dead(tx, self._clock.now())
        if ended:
            log.warning("taken_over", letters=ended)

    async def keep_promises(self, channel: str) -> int:
        """Take up the next of what is due by this channel; how many letters those were, 0 when none are.

        They go out meanwhile. It returns when there is room for more.
        """
        lanes = self._lanes_of(channel)
        await lanes.room()
        if self._leaving:
            return 0
        behind = self._behind.setdefault(channel, LeftBehind())
        behind.seek()
        async with self._database.writing() as tx:
            claimed = await deliveries.claim(tx, self._clock.now(), LEASE, AT_ONCE, channel)
        if len(claimed) < AT_ONCE:
            behind.found_all()
        lanes.send(claimed)
        return len(claimed)

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

    def leave(self) -> None:
        """Begin no request any more: what was taken up and not begun is due again at once."""
        self._leaving = True

    async def cut(self) -> None:
        """Leave off in the middle. A letter under way is written down as unknown: it is not sent twice."""
        self.leave()
        for lanes in list(self._lanes.values()):
            await lanes.cut()

    async def note_receipt(self, receipt: Receipt) -> None:
        """What the other side says became of a message. `buffered` is no news: it is still on its way."""
        if receipt.outcome == "buffered":
            return
        if receipt.reason.startswith("rejected"):
            log.warning("not_sent", outbox=receipt.reference, channel="sms", reason=receipt.reason)
        await self._receipts.write(receipt)

    def _lanes_of(self, channel: str) -> Lanes:
        return self._lanes.setdefault(channel, Lanes(self._in_order))

    async def _in_order(self, lane: deque[Claimed]) -> None:
        """One person's letters one after the other, so that they read in the order they were written."""
        while lane:
            claimed = lane.popleft()
            if self._leaving or claimed.lease_until - self._clock.now() < _LEFT:
                lane.appendleft(claimed)
                await self._put_back(lane, timedelta())
                return
            attempt = Attempt(claimed, await self._send(claimed))
            await self._attempts.write(attempt)
            if attempt.wait:
                await self._put_back(lane, attempt.wait)

    async def _send(self, claimed: Claimed) -> Sent | SendingFailed:
        try:
            channel = self._channels.get(claimed.channel)
            if channel is None:
                raise AddressFailed(NO_CHANNEL)
            return await channel.send(outgoing_of(claimed))
        except SendingFailed as failure:
            return failure
        except asyncio.CancelledError as told:
            # By `cut` alone. What had no connection yet is sent at the next start; of the rest nobody knows.
            return TryLater("stopped") if isinstance(told, NeverLeft) else OutcomeUnknown("stopped")
        except Exception as error:
            # A fault of ours, and whether it left before or after it nobody can say.
            log.error("sending_broke", outbox=claimed.id, channel=claimed.channel, exc_info=error)
            return OutcomeUnknown("our_fault")

    async def _record(self, attempts: Sequence[Attempt]) -> None:
        async with self._database.writing() as tx:
            for attempt in attempts:
                await record(tx, self._clock.now(), attempt)

    async def _put_back(self, lane: deque[Claimed], wait: timedelta) -> None:
        """The other side asked to be left alone, or is not there: nothing overtakes, nobody knocks.

        More may be put into the lane meanwhile, and waits like the rest.
        """
        while lane:
            letters = list(lane)
            lane.clear()
            async with self._database.writing() as tx:
                for claimed in letters:
                    await deliveries.put_back(tx, claimed, self._clock.now() + wait)

    async def _note_receipts(self, receipts: Sequence[Receipt]) -> None:
        async with self._database.writing() as tx:
            for receipt in receipts:
                delivered = receipt.outcome == "delivered"
                await deliveries.receipt(tx, self._clock.now(), receipt.reference, delivered, receipt.reason)
