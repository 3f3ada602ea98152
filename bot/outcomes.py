"""What becomes of a letter after an attempt: sent, tried again, taken by the next door, or given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from bot.channels.contract import (
    AddressFailed,
    MessageRefused,
    OutcomeUnknown,
    SendingFailed,
    Sent,
    TryLater,
)
from content.rules.retry import wait_after
from storage import addresses, deliveries, post
from storage.claimed import Claimed
from storage.database import Transaction

NO_CHANNEL = "no_channel"

log = structlog.get_logger()


class Attempt(NamedTuple):
    claimed: Claimed
    outcome: Sent | SendingFailed

    @property
    def wait(self) -> timedelta | None:
        """Until the next attempt; None where there is none."""
        if isinstance(self.outcome, TryLater):
            return wait_after(self.claimed.attempts, self.outcome.after)
        return None


async def record(tx: Transaction, now: datetime, attempt: Attempt) -> None:
    claimed, wait = attempt.claimed, attempt.wait
    match attempt.outcome:
        case Sent(provider_id):
            await deliveries.accepted(tx, now, claimed, provider_id)
        case AddressFailed(reason=reason):
            await _take_next_door(tx, now, claimed, reason)
        case TryLater(reason=reason) if wait:
            await deliveries.retry(tx, claimed, reason, now + wait)
        case OutcomeUnknown(reason=reason):
            await deliveries.unknown(tx, now, claimed, reason)
        case TryLater(reason=reason) | MessageRefused(reason=reason) | SendingFailed(reason=reason):
            await deliveries.failed(tx, now, claimed, reason)
    _tell(attempt)


async def _take_next_door(tx: Transaction, now: datetime, claimed: Claimed, reason: str) -> None:
    """The address failed, not the person: it is suspended, and the letter goes to their next one."""
    if claimed.address_id and reason != NO_CHANNEL:
        await addresses.suspend(tx, now, claimed.address_id, reason)
    door = None
    if claimed.person_id:
        door = await post.best_door(tx, claimed.person_id, but_not=claimed.address_id or "")
    if door is None:
        await deliveries.failed(tx, now, claimed, reason)
    else:
        await deliveries.send_elsewhere(tx, now, claimed, door)


def _tell(attempt: Attempt) -> None:
    outcome, claimed = attempt.outcome, attempt.claimed
    if isinstance(outcome, Sent):
        return
    # Refused for good is for the operator to mend; what may pass by itself is not.
    is_for_good = isinstance(outcome, MessageRefused) or not attempt.wait
    tell = log.warning if is_for_good else log.info
    tell("not_sent", outbox=claimed.id, channel=claimed.channel, reason=outcome.reason)
