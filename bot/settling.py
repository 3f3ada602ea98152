"""Asks what became of letters that left without an answer; where nobody can say, some go out once more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels.contract import Receipt
from bot.channels.gateways.contract import Gateway
from bot.clock import Clock
from bot.delivery import Delivery
from bot.inquiry import CouldNotAsk, Inquiry
from storage import settling
from storage.database import Database
from storage.settling import Span, Unsettled

# A receipt mostly comes within seconds, and settles it without a question.
FIRST_ASKED = timedelta(minutes=2)
# So long nothing is sent again: a centre that is slow has the time to say that it has it.
SENT_AGAIN = timedelta(minutes=30)
# How old a letter is each time that it is asked about: less and less often, and before it is sent again.
_ASKED_AT = (*(FIRST_ASKED * 2**n for n in range(4)), *(SENT_AGAIN * 2**n for n in range(8)))
# What is older than this was looked after by other ways.
_LOOKED_AT = timedelta(days=3)

log = structlog.get_logger()


class Settling:
    """By one door. `gateway` is None where nobody can be asked, as of a chat; else as in `Inquiry`."""

    def __init__(
        self,
        database: Database,
        channel: str,
        delivery: Delivery,
        clock: Clock,
        gateway: Gateway | None,
        signature: str = "",
        suffix: str = "",
    ) -> None:
        self._database, self.channel, self._delivery, self._clock = database, channel, delivery, clock
        self._inquiry = Inquiry(gateway, signature, suffix) if gateway else None
        self._last_round: datetime | None = None

    async def settle(self) -> int:
        """One round; how many go out again, 0 also where much was only asked about."""
        now, again = self._clock.now(), 0
        if self._inquiry is None:
            return await self._send_again(now)
        async for page in self._due(now):
            again += await self._settle_page(now, self._inquiry, page)
        self._last_round = now
        return again

    async def _due(self, now: datetime) -> AsyncIterator[list[Unsettled]]:
        """Page by page: however many they are, each is asked about before it may go out again."""
        spans, last = self._spans(now), None
        while True:
            async with self._database.reading() as tx:
                page = await settling.unsettled(tx, self.channel, spans, last)
            if not page:
                return
            yield page
            last = page[-1]

    def _spans(self, now: datetime) -> Sequence[Span]:
        """When those left that came of one of the ages since the last round; after a start, all of them."""
        if self._last_round is None:
            return [(now - _LOOKED_AT, now - FIRST_ASKED)]
        return [(self._last_round - age, now - age) for age in _ASKED_AT]

    async def _settle_page(self, now: datetime, inquiry: Inquiry, page: Sequence[Unsettled]) -> int:
        """One after the other: companies allow few questions a second, and an "ask later" settles nothing."""
        again, nobody_knows = 0, list[str]()
        for letter in page:
            if not letter.recipient:
                # What cannot be opened can be neither asked about nor sent.
                continue
            try:
                receipt = await inquiry.told_of(letter)
            except CouldNotAsk:
                continue
            if receipt is None:
                nobody_knows.append(letter.id)
            else:
                again += await self._note(now, letter, receipt)
        return again + (await self._send_again(now, nobody_knows) if nobody_knows else 0)

    async def _note(self, now: datetime, letter: Unsettled, receipt: Receipt) -> int:
        if receipt.outcome in ("delivered", "failed"):
            await self._delivery.note_receipt(replace(receipt, reference=letter.id))
            return 0
        async with self._database.writing() as tx:
            if receipt.outcome == "never_taken":
                return int(await settling.never_taken(tx, now, letter.id))
            if receipt.reference or receipt.provider_id:
                await settling.was_taken(tx, letter.id, receipt.provider_id)
        return 0

    async def _send_again(self, now: datetime, asked_about: Sequence[str] | None = None) -> int:
        async with self._database.writing() as tx:
            again = await settling.send_again(tx, now, self.channel, now - SENT_AGAIN, asked_about)
        if again:
            log.warning("sent_again", channel=self.channel, letters=again)
        return again
