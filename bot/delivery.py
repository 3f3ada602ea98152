"""Keeps promises: claim, send, record, retry, take the next door, or give up and say so. Only this sends."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog

from bot.channels.contract import (
    AddressFailed,
    Button,
    Channel,
    MessageRefused,
    OutcomeUnknown,
    Outgoing,
    Press,
    Receipt,
    SendingFailed,
    Sent,
    TryLater,
)
from bot.clock import Clock
from content.letter import Attachment
from content.rules.retry import wait_after
from storage import addresses, deliveries, post
from storage.database import Database, Transaction
from storage.deliveries import Claimed

# Longer than the slowest request: a lease that ends while its request is under way sends twice.
LEASE = timedelta(minutes=5)
AT_ONCE = 50

log = structlog.get_logger()


class Delivery:
    def __init__(self, database: Database, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._database = database
        self._channels = channels
        self._clock = clock

    async def keep_promises(self) -> int:
        """Send everything that is due; how many attempts that took."""
        attempts = 0
        while claimed := await self._claim():
            await asyncio.gather(*(self._in_order(letters) for letters in _by_recipient(claimed)))
            attempts += len(claimed)
        return attempts

    async def note_receipt(self, receipt: Receipt) -> None:
        """What the other side says became of a message. `buffered` is no news: it is still on its way."""
        if receipt.outcome == "buffered":
            return
        delivered = receipt.outcome == "delivered"
        async with self._database.writing() as tx:
            await deliveries.receipt(tx, self._clock.now(), receipt.reference, delivered, receipt.reason)

    async def _claim(self) -> list[Claimed]:
        async with self._database.writing() as tx:
            return await deliveries.claim(tx, self._clock.now(), LEASE, AT_ONCE)

    async def _in_order(self, letters: Sequence[Claimed]) -> None:
        """One person's letters one after the other, so that they read in the order they were written."""
        for claimed in letters:
            await self._send(claimed)

    async def _send(self, claimed: Claimed) -> None:
        try:
            channel = self._channels.get(claimed.channel)
            if channel is None:
                raise AddressFailed("no_channel")
            outcome: Sent | SendingFailed = await channel.send(_outgoing(claimed))
        except SendingFailed as failure:
            outcome = failure
        async with self._database.writing() as tx:
            await self._record(tx, claimed, outcome)

    async def _record(self, tx: Transaction, claimed: Claimed, outcome: Sent | SendingFailed) -> None:
        now = self._clock.now()
        match outcome:
            case Sent(provider_id):
                await deliveries.accepted(tx, now, claimed, provider_id)
            case AddressFailed(reason=reason):
                await self._take_next_door(tx, claimed, reason)
            case TryLater(reason=reason, after=after) if wait := wait_after(claimed.attempts, after):
                await deliveries.retry(tx, claimed, reason, now + wait)
            case OutcomeUnknown(reason=reason):
                await deliveries.unknown(tx, now, claimed, reason)
            case TryLater(reason=reason) | MessageRefused(reason=reason) | SendingFailed(reason=reason):
                await deliveries.failed(tx, now, claimed, reason)
        if not isinstance(outcome, Sent):
            log.info("not_sent", outbox=claimed.id, channel=claimed.channel, reason=outcome.reason)

    async def _take_next_door(self, tx: Transaction, claimed: Claimed, reason: str) -> None:
        """The address failed, not the person: it is suspended, and the letter goes to their next one."""
        now = self._clock.now()
        if claimed.address_id:
            await addresses.suspend(tx, now, claimed.address_id, reason)
        door = None
        if claimed.person_id:
            door = await post.best_door(tx, claimed.person_id, but_not=claimed.address_id or "")
        if door is None:
            await deliveries.failed(tx, now, claimed, reason)
        else:
            await deliveries.send_elsewhere(tx, now, claimed, door)


def _by_recipient(claimed: Sequence[Claimed]) -> list[list[Claimed]]:
    letters: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
    for one in claimed:
        letters[one.channel, one.recipient].append(one)
    return list(letters.values())


def _outgoing(claimed: Claimed) -> Outgoing:
    letter = claimed.letter
    chat = claimed.channel == "telegram"
    buttons = tuple(tuple(Button(label, token) for label, token in row) for row in letter.get("buttons", []))
    return Outgoing(
        to=claimed.recipient,
        text=letter["chat"] if chat else letter.get("sms") or letter["chat"],
        reference=claimed.id,
        buttons=buttons,
        picture=_attachment(letter.get("picture")),
        document=_attachment(letter.get("document")),
        asks_contact=letter.get("asks_contact", ""),
        press=Press(**letter["press"]) if letter.get("press") else None,
        rewrites=letter.get("rewrites", False),
        menu=tuple((command, says) for command, says in letter.get("menu", [])),
    )


def _attachment(kept: Mapping[str, Any] | None) -> Attachment | None:
    if kept is None:
        return None
    return Attachment(kept["name"], kept["mime"], b64decode(kept["content"]))
