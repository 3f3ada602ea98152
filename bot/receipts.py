"""What the other side says became of a message: found by whatever id it names, and noted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

from bot.channels.contract import Receipt
from bot.clock import Clock
from bot.gathering import Gathering
from storage import deliveries, settling
from storage.database import Database, Transaction

# A centre gives a phone that is off up when three days are over.
_MAY_STILL_TELL = timedelta(days=3)

# Of a receipt for a letter of ours: whether it arrived, and why not.
ReceiptCame = Callable[[bool, str], None]

log = structlog.get_logger()


def nobody_asks(_delivered: bool, _reason: str) -> None:
    """Where nobody watches over the doors."""


class Receipts:
    """`came` hears of each that is about a letter of ours."""

    def __init__(self, database: Database, clock: Clock, came: ReceiptCame = nobody_asks) -> None:
        self._database, self._clock, self._came = database, clock, came
        self._waiting = Gathering(self._note_together)

    async def note(self, receipt: Receipt) -> None:
        """Returns once it is committed. `buffered` is no news: it is still on its way."""
        if receipt.outcome == "buffered":
            return
        if receipt.reason.startswith("rejected"):
            log.warning("not_sent", outbox=receipt.reference, channel="sms", reason=receipt.reason)
        await self._waiting.write(receipt)

    async def _note_together(self, receipts: Sequence[Receipt]) -> None:
        async with self._database.writing() as tx:
            ours = [receipt for receipt in receipts if await self._note(tx, receipt)]
        for receipt in ours:
            self._came(receipt.outcome == "delivered", receipt.reason)

    async def _note(self, tx: Transaction, receipt: Receipt) -> bool:
        """Whether it is about a letter of ours."""
        letter_id = receipt.reference or await self._named(tx, receipt)
        if letter_id is None:
            log.info("receipt_of_nothing_of_ours", provider_id=receipt.provider_id)
            return False
        delivered = receipt.outcome == "delivered"
        await deliveries.receipt(tx, self._clock.now(), letter_id, delivered, receipt.reason)
        return True

    async def _named(self, tx: Transaction, receipt: Receipt) -> str | None:
        """A receipt under the company's own id may overtake the answer that tells it, or outlive its loss."""
        named = await settling.letter_named(tx, receipt.provider_id, receipt.number)
        if named or not receipt.number:
            return named
        since = self._clock.now() - _MAY_STILL_TELL
        return await settling.letter_unanswered(tx, since, receipt.provider_id, receipt.number)
