"""What an SMS company brings, pushed by it or fetched by us: words of people, and receipts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from bot.channels.contract import Receipt
from bot.channels.gateways.contract import ASIDE, Brought
from bot.delivery import Delivery
from bot.intake import Intake
from storage.inbox import Raw

_LONGEST_ID = 200

log = structlog.get_logger()


class Bringing:
    """`wake` calls the turns' worker: nobody who brings something waits for a turn."""

    def __init__(self, intake: Intake, delivery: Delivery, wake: Callable[[], None]) -> None:
        self._intake = intake
        self._delivery = delivery
        self._wake = wake

    async def keep(self, brought: Brought) -> None:
        """Make it safe with us. Where that fails it has to be brought again: nothing of it counts twice."""
        if brought.inbound:
            await self._intake.keep([self._named(raw) for raw in brought.inbound])
            self._wake()
        sound = [receipt for receipt in brought.receipts if _is_sound(receipt)]
        if unread := len(brought.receipts) - len(sound) + brought.unread:
            log.warning("receipt_unreadable", receipts=unread)
        if aside := sum(ASIDE in raw.payload for raw in brought.inbound):
            log.warning("inbound_unreadable", texts=aside)
        await asyncio.gather(*(self._delivery.note_receipt(receipt) for receipt in sound))

    def _named(self, raw: Raw) -> Raw:
        if raw.external_id and _is_id(raw.external_id):
            return raw
        return raw._replace(external_id=self._intake.id_without_one(raw.payload))


def _is_sound(receipt: Receipt) -> bool:
    if not receipt.reference and not receipt.provider_id:
        return False
    return all(map(_is_id, (receipt.reference, receipt.provider_id, receipt.number, receipt.reason)))


def _is_id(text: str) -> bool:
    """Whether it can be an id at all: a database refuses some signs, and what is refused is brought again."""
    return len(text) <= _LONGEST_ID and text.isascii() and text.isprintable()
