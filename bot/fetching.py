"""Fetches what waits with an SMS company: texts and receipts that it never brought, or brought in vain."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from bot.bringing import Bringing
from bot.channels.contract import TryLater
from bot.channels.gateways.contract import Gateway

log = structlog.get_logger()


class Fetching:
    """What was pushed as well counts once: the inbox knows it by its id, a receipt changes nothing twice."""

    def __init__(self, gateway: Gateway, bringing: Bringing) -> None:
        self._gateway = gateway
        self._bringing = bringing
        self._reason = ""

    async def run(self, every: timedelta) -> None:
        """Until it is cancelled. It may be so at any moment: what is not kept yet the company still has."""
        while True:
            asked_to_wait = await self._fetch_or_why_not()
            await asyncio.sleep(max(every, asked_to_wait).total_seconds())

    async def fetch(self) -> None:
        """All that waits now. A page is safe with us before the next is asked for."""
        async for page in self._gateway.pull():
            await self._bringing.keep(page)

    async def _fetch_or_why_not(self) -> timedelta:
        """How long the company wants to be left alone. One line in the log when something changes."""
        try:
            await self.fetch()
        except Exception as error:
            # Whatever it is, it is asked again: the pages are all still there.
            self._note(getattr(error, "reason", "") or type(error).__name__)
            return (error.after if isinstance(error, TryLater) else None) or timedelta()
        self._note("")
        return timedelta()

    def _note(self, reason: str) -> None:
        if reason and reason != self._reason:
            log.warning("not_fetched", gateway=self._gateway.name, reason=reason)
        elif self._reason and not reason:
            log.info("fetching_again", gateway=self._gateway.name, after=self._reason)
        self._reason = reason
