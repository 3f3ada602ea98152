"""Asks about texts that were taken and whose receipt never came: our door was shut, the company gave up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels.contract import SendingFailed
from bot.clock import Clock
from bot.delivery import Delivery
from bot.inquiry import Inquiry
from storage import settling
from storage.database import Database
from storage.settling import Span, Unsettled

# How old a text is each time. Alibaba brings a receipt for sixteen minutes; after a day a liaison is asked
# to tell by voice what may have arrived.
ASKED_AT = (timedelta(minutes=45), timedelta(hours=3), timedelta(hours=9), timedelta(hours=21))
# A company that brings no receipts at all may have thousands to tell of, and allows few questions a second.
IN_A_ROUND = 300

log = structlog.get_logger()


class MissedReceipts:
    """Of the texts by a company that can be asked. A round that was cut short goes on where it stood."""

    def __init__(self, database: Database, delivery: Delivery, clock: Clock, inquiry: Inquiry) -> None:
        self._database, self._delivery, self._clock, self._inquiry = database, delivery, clock, inquiry
        self._spans: Sequence[Span] = ()
        self._reached: Unsettled | None = None
        self._last_round: datetime | None = None
        self._reason = ""

    async def look(self) -> int:
        """One round; of how many letters the company told the end."""
        told = asked = 0
        self._spans = self._spans or self._next_spans()
        while asked < IN_A_ROUND and (page := await self._page()):
            for letter in page:
                try:
                    told += await self._is_told_of(letter)
                except SendingFailed as failure:
                    self._note(failure.reason)
                    return 0
                asked, self._reached = asked + 1, letter
        self._note("")
        if asked < IN_A_ROUND:
            self._spans, self._reached = (), None
            return told
        return 0

    def _next_spans(self) -> Sequence[Span]:
        """When those left that came of one of the ages since the last round; after a start, all of a day."""
        now, last = self._clock.now(), self._last_round
        self._last_round = now
        if last is None:
            return [(now - timedelta(days=1), now - ASKED_AT[0])]
        return [(last - age, now - age) for age in ASKED_AT]

    async def _page(self) -> list[Unsettled]:
        async with self._database.reading() as tx:
            return await settling.unsettled(tx, "sms", self._spans, self._reached, state="accepted")

    async def _is_told_of(self, letter: Unsettled) -> bool:
        """What the company does not know, or still carries, is left to its receipt and to the ladder."""
        receipt = await self._inquiry.ask(letter) if letter.recipient else None
        if receipt is None or receipt.outcome not in ("delivered", "failed"):
            return False
        await self._delivery.note_receipt(replace(receipt, reference=letter.id))
        return True

    def _note(self, reason: str) -> None:
        """One line in the log when something changes."""
        if reason and reason != self._reason:
            log.warning("receipts_not_looked_up", reason=reason)
        self._reason = reason
