"""What becomes of a letter after an attempt: sent, tried again, taken by the next door, or given up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
from content.rules.receipts import Then, meaning_of
from content.rules.retry import wait_after, wait_until_mended
from storage import addresses, deliveries, post, suspects
from storage.addresses import Address
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
        asked = self.outcome.after if isinstance(self.outcome, TryLater) else None
        if self.follows == "ours" and self.claimed.campaign_id:
            return wait_until_mended(self.claimed.attempts, asked)
        if isinstance(self.outcome, TryLater):
            return wait_after(self.claimed.attempts, asked)
        if self.follows in ("later", "ours"):
            return wait_after(self.claimed.attempts, None)
        return None

    @property
    def follows(self) -> Then | None:
        """What the table of receipts says is to be done; None of what was sent, or may have been."""
        if isinstance(self.outcome, Sent | OutcomeUnknown):
            return None
        return meaning_of(self.outcome.reason).then


async def record_all(tx: Transaction, now: datetime, attempts: Sequence[Attempt]) -> None:
    """What was taken, which is nine in ten, is written down together."""
    provider_ids: dict[datetime, dict[str, str]] = defaultdict(dict)
    for attempt in attempts:
        claimed, outcome = attempt
        if isinstance(outcome, Sent):
            provider_ids[claimed.lease_until][claimed.id] = outcome.provider_id
        else:
            await record(tx, now, attempt)
    for leased_until, theirs in provider_ids.items():
        await deliveries.accepted(tx, now, leased_until, theirs)


async def record(tx: Transaction, now: datetime, attempt: Attempt) -> None:
    claimed, wait = attempt.claimed, attempt.wait
    match attempt.outcome:
        case Sent(provider_id):
            await deliveries.accepted(tx, now, claimed.lease_until, {claimed.id: provider_id})
        case OutcomeUnknown(reason=reason) if claimed.kind == "urgent" and not claimed.unsure:
            await deliveries.unknown_but_urgent(tx, now, claimed, reason)
        case OutcomeUnknown(reason=reason):
            await deliveries.unknown(tx, now, claimed, reason)
        case SendingFailed(reason=reason) if wait:
            await deliveries.retry(tx, claimed, reason, now + wait)
        case SendingFailed(reason=reason):
            await _give_up_here(tx, now, attempt, reason)
    _tell(attempt)


async def _give_up_here(tx: Transaction, now: datetime, attempt: Attempt, reason: str) -> None:
    """What this door says is for good: the address is shut where it is to blame, and never the person."""
    claimed = attempt.claimed
    if attempt.follows == "suspend" and claimed.address_id:
        await suspects.failed_for_good(tx, now, claimed.address_id, claimed.id, reason)
    door = await _next_door(tx, attempt)
    if door is None:
        await deliveries.failed(tx, now, claimed, reason)
    else:
        await deliveries.send_elsewhere(tx, now, claimed, door)


async def _next_door(tx: Transaction, attempt: Attempt) -> Address | None:
    claimed = attempt.claimed
    if claimed.person_id is None:
        return None
    if attempt.follows == "next":
        return await _one_after(tx, claimed.person_id, claimed.address_id)
    if attempt.follows == "suspend" or isinstance(attempt.outcome, AddressFailed):
        return await post.best_door(tx, claimed.person_id, but_not=claimed.address_id or "")
    return None


async def _one_after(tx: Transaction, person_id: str, address_id: str | None) -> Address | None:
    """Never back to a door that comes first: none of them is shut, and a letter would go round for ever."""
    doors = [door for door in await addresses.of_person(tx, person_id) if door.verified]
    here = next((n for n, door in enumerate(doors) if door.id == address_id), -1)
    return next((door for door in doors[here + 1 :] if door.usable), None)


def _tell(attempt: Attempt) -> None:
    outcome, claimed = attempt.outcome, attempt.claimed
    if isinstance(outcome, Sent):
        return
    # Refused for good is for the operator to mend; what may pass by itself is not.
    is_for_good = isinstance(outcome, MessageRefused) or not attempt.wait
    tell = log.warning if is_for_good else log.info
    tell("not_sent", outbox=claimed.id, channel=claimed.channel, reason=outcome.reason)
