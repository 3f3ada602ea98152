"""Keeps promises: claim, send, record, retry, take the next door, or give up and say so. Only this sends."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Mapping, Sequence
from datetime import timedelta

import structlog

from bot.channels.contract import (
    AddressFailed,
    Channel,
    MessageRefused,
    NeverLeft,
    OutcomeUnknown,
    Receipt,
    SendingFailed,
    Sent,
    TryLater,
)
from bot.clock import Clock
from bot.envelope import outgoing_of
from content.rules.retry import wait_after
from storage import addresses, deliveries, post
from storage.database import Database, Transaction
from storage.deliveries import Claimed

# Seconds of the slowest request (a picture over a village's line) fit into it many times: a lease that
# ends while its request is under way sends twice.
LEASE = timedelta(minutes=5)
# No request is begun with less than this left of the lease.
_LEFT = timedelta(minutes=3)
AT_ONCE = 50
_NO_CHANNEL = "no_channel"

log = structlog.get_logger()


class Delivery:
    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock

    async def take_over(self) -> None:
        """Before the first sending of a process: answers that a crash caught on the way go out at once."""
        async with self._database.writing() as tx:
            ended = await deliveries.end_leases_of_the_dead(tx, self._clock.now())
        if ended:
            log.warning("taken_over", letters=ended)

    async def keep_promises(self, channel: str) -> int:
        """Send the next of what is due by this channel; how many letters those were, 0 when all is done."""
        claimed = await self._claim(channel)
        lanes = [self._in_order(letters) for letters in _by_recipient(claimed)]
        for ended in await asyncio.gather(*lanes, return_exceptions=True):
            if ended is not None:
                log.error("lane_failed", channel=channel, exc_info=ended)
        return len(claimed)

    async def note_receipt(self, receipt: Receipt) -> None:
        """What the other side says became of a message. `buffered` is no news: it is still on its way."""
        if receipt.outcome == "buffered":
            return
        delivered = receipt.outcome == "delivered"
        if receipt.reason.startswith("rejected"):
            log.warning("not_sent", outbox=receipt.reference, channel="sms", reason=receipt.reason)
        async with self._database.writing() as tx:
            await deliveries.receipt(tx, self._clock.now(), receipt.reference, delivered, receipt.reason)

    async def _claim(self, channel: str) -> list[Claimed]:
        async with self._database.writing() as tx:
            return await deliveries.claim(tx, self._clock.now(), LEASE, AT_ONCE, channel)

    async def _in_order(self, letters: Sequence[Claimed]) -> None:
        """One person's letters one after the other, so that they read in the order they were written."""
        for n, claimed in enumerate(letters):
            if claimed.lease_until - self._clock.now() < _LEFT:
                return
            try:
                outcome = await self._send(claimed)
            except asyncio.CancelledError as told:
                await self._leave_off(letters[n:], isinstance(told, NeverLeft))
                raise
            wait = _wait(claimed, outcome)
            await _in_peace(self._note(claimed, outcome, wait, letters[n + 1 :]))
            if wait:
                return

    async def _note(
        self,
        claimed: Claimed,
        outcome: Sent | SendingFailed,
        wait: timedelta | None,
        after: Sequence[Claimed],
    ) -> None:
        async with self._database.writing() as tx:
            await self._record(tx, claimed, outcome, wait)
            if wait:
                await self._let_wait(tx, after, wait)

    async def _leave_off(self, letters: Sequence[Claimed], never_left: bool) -> None:
        """Told to stop: whether the first arrived nobody can say, the others wait for the next start."""
        log.info("left_off", channel=letters[0].channel, letters=len(letters), never_left=never_left)
        async with self._database.writing() as tx:
            if not never_left:
                await deliveries.unknown(tx, self._clock.now(), letters[0], "stopped")
            for claimed in letters[0 if never_left else 1 :]:
                await deliveries.put_back(tx, claimed, self._clock.now())

    async def _send(self, claimed: Claimed) -> Sent | SendingFailed:
        try:
            channel = self._channels.get(claimed.channel)
            if channel is None:
                raise AddressFailed(_NO_CHANNEL)
            return await channel.send(outgoing_of(claimed))
        except SendingFailed as failure:
            return failure
        except Exception as error:
            # A fault of ours, and whether it left before or after it nobody can say.
            log.error("sending_broke", outbox=claimed.id, channel=claimed.channel, exc_info=error)
            return OutcomeUnknown("our_fault")

    async def _let_wait(self, tx: Transaction, letters: Sequence[Claimed], wait: timedelta) -> None:
        """The other side asked to be left alone, or is not there: nothing overtakes, nobody knocks."""
        for claimed in letters:
            await deliveries.put_back(tx, claimed, self._clock.now() + wait)

    async def _record(
        self, tx: Transaction, claimed: Claimed, outcome: Sent | SendingFailed, wait: timedelta | None
    ) -> None:
        now = self._clock.now()
        match outcome:
            case Sent(provider_id):
                await deliveries.accepted(tx, now, claimed, provider_id)
            case AddressFailed(reason=reason):
                await self._take_next_door(tx, claimed, reason)
            case TryLater(reason=reason) if wait:
                await deliveries.retry(tx, claimed, reason, now + wait)
            case OutcomeUnknown(reason=reason):
                await deliveries.unknown(tx, now, claimed, reason)
            case TryLater(reason=reason) | MessageRefused(reason=reason) | SendingFailed(reason=reason):
                await deliveries.failed(tx, now, claimed, reason)
        if not isinstance(outcome, Sent):
            # Refused for good is for the operator to mend; what may pass by itself is not.
            tell = log.warning if isinstance(outcome, MessageRefused) or not wait else log.info
            tell("not_sent", outbox=claimed.id, channel=claimed.channel, reason=outcome.reason)

    async def _take_next_door(self, tx: Transaction, claimed: Claimed, reason: str) -> None:
        """The address failed, not the person: it is suspended, and the letter goes to their next one."""
        now = self._clock.now()
        if claimed.address_id and reason != _NO_CHANNEL:
            await addresses.suspend(tx, now, claimed.address_id, reason)
        door = None
        if claimed.person_id:
            door = await post.best_door(tx, claimed.person_id, but_not=claimed.address_id or "")
        if door is None:
            await deliveries.failed(tx, now, claimed, reason)
        else:
            await deliveries.send_elsewhere(tx, now, claimed, door)


async def _in_peace(step: Coroutine[None, None, None]) -> None:
    """Also where we are told to stop meanwhile: what was sent and not written down is sent again."""
    writing_down = asyncio.ensure_future(step)
    try:
        await asyncio.shield(writing_down)
    except asyncio.CancelledError:
        await asyncio.wait([writing_down])
        raise


def _by_recipient(claimed: Sequence[Claimed]) -> list[list[Claimed]]:
    letters: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
    for one in claimed:
        letters[one.channel, one.recipient].append(one)
    return list(letters.values())


def _wait(claimed: Claimed, outcome: Sent | SendingFailed) -> timedelta | None:
    return wait_after(claimed.attempts, outcome.after) if isinstance(outcome, TryLater) else None
