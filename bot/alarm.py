"""Sees that the program is in trouble, and has those in charge told: once, and once more when it is over."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot.channels.contract import OutcomeUnknown, SendingFailed, TryLater
from bot.clock import Clock
from bot.hearing import Hearing
from bot.in_charge import InCharge
from bot.incidents import Incident, Incidents, Part, Patience
from content.words.alarm import NEVER_PASSES, alarm, all_clear
from content.words.catalogue import Tongue
from storage.database import Database
from storage.trial import try_to_write
from storage.trouble import Trouble, trouble_of

# Seconds between two looks, and for how long one may keep us waiting.
EVERY = 10.0
PATIENCE = Patience()
_LONGEST_LOOK = 20.0
_GRACE = 5.0
# The other side is there: it asks for time, or the fault is ours.
_NO_SIGN = {"too_many", "too_many_to_number", "stopped", "our_fault"}

log = structlog.get_logger()


class Alarm:
    """`hearing` is how Telegram's voice is heard; where it is polled that alone tells how it is."""

    def __init__(
        self,
        database: Database,
        in_charge: InCharge,
        clock: Clock,
        t: Tongue,
        timezone: str,
        hearing: Hearing | None = None,
        by_polling: bool = True,
        patience: Patience | None = None,
    ) -> None:
        self._database, self._in_charge, self._clock = database, in_charge, clock
        self._t, self._zone = t, ZoneInfo(timezone)
        self._hearing, self._by_polling = hearing, by_polling
        self._was_deaf = False
        self._patience = patience or PATIENCE
        self._incidents = Incidents()
        self._trial: asyncio.Task[None] | None = None
        database.troubled = self.database_failed

    async def run(self) -> None:
        """Until cancelled. A fault in here must not be the end of it."""
        try:
            while True:
                try:
                    await self.look()
                except Exception as error:
                    log.error("alarm_failed", exc_info=error)
                await asyncio.sleep(EVERY)
        finally:
            # The database is not closed under it, unless it never comes back.
            if self._trial:
                await asyncio.wait([self._trial], timeout=_GRACE)

    async def look(self) -> None:
        """Try what can be tried, and tell what has to be told."""
        await self._try_the_database()
        self._listen_to_telegram()
        await self._in_charge.read()
        for incident in self._incidents.lasting():
            await self._tell(incident)
        for incident in self._incidents.over(self._clock.now(), self._patience.calm):
            await self._tell_it_is_over(incident)

    def database_failed(self, trouble: Trouble) -> None:
        self._wrong("database", trouble, self._patience.database)

    def sending_ended(self, channel: str, failure: SendingFailed | None) -> None:
        """How an attempt to send went. That one letter or one address is refused says nothing."""
        part: Part = "sms" if channel == "sms" else "telegram"
        reason, _, code = failure.reason.partition(":") if failure else ("", "", "")
        if part == "telegram" and self._by_polling:
            return
        if reason in NEVER_PASSES:
            self._wrong(part, reason, self._patience.of_the_account, code)
        elif isinstance(failure, TryLater | OutcomeUnknown) and reason not in _NO_SIGN:
            self._wrong(part, f"{part}_not_reached", self._patience.out_of_reach)
        elif failure is None:
            self._incidents.works(self._clock.now(), part)

    def receipt_came(self, delivered: bool, reason: str) -> None:
        """What a receipt says of our account: some companies take everything, and tell only then that they
        sent nothing. That one number is wrong says nothing here either.
        """
        word, _, code = reason.partition(":")
        if delivered:
            self._incidents.works(self._clock.now(), "sms", by_receipt=True)
        elif word in NEVER_PASSES:
            self._wrong("sms", word, self._patience.of_the_account, code, by_receipt=True)

    def told(self) -> list[dict[str, Any]]:
        """[{"part", "what", "code", "seconds", "told"}]: what is wrong, since when, how many were told."""
        now = self._clock.now()
        return [
            {
                "part": one.part,
                "what": one.what,
                "code": one.code,
                "seconds": int((now - one.since).total_seconds()),
                "told": len(one.told.heard),
            }
            for one in self._incidents.lasting()
        ]

    def _wrong(
        self, part: Part, what: str, patience: timedelta, code: str = "", by_receipt: bool = False
    ) -> None:
        if self._incidents.wrong(self._clock.now(), part, what, patience, code, by_receipt):
            log.warning("trouble", part=part, what=what, code=code)

    async def _try_the_database(self) -> None:
        """One trial at a time: a server that hangs keeps it, and is asked nothing more."""
        hangs = self._trial is not None
        self._trial = self._trial or asyncio.create_task(self._write())
        await asyncio.wait([self._trial], timeout=0 if hangs else _LONGEST_LOOK)
        if not self._trial.done():
            self.database_failed("held" if self._database.url.get_backend_name() == "sqlite" else "away")
            return
        trial, self._trial = self._trial, None
        error = trial.exception()
        if error is None:
            self._incidents.works(self._clock.now(), "database")
        elif trouble_of(error) is None:
            # What has a name was noted as it came up.
            log.error("trial_failed", exc_info=error)

    async def _write(self) -> None:
        async with self._database.writing() as tx:
            await try_to_write(tx, self._clock.now())

    def _listen_to_telegram(self) -> None:
        if self._hearing is None:
            return
        reason = self._hearing.told()["reason"] or ""
        if not reason:
            if self._by_polling or self._was_deaf:
                self._incidents.works(self._clock.now(), "telegram")
        elif reason in NEVER_PASSES:
            self._wrong("telegram", reason, self._patience.of_the_account)
        else:
            what = reason if reason == "another_poller" else "telegram_not_reached"
            self._wrong("telegram", what, self._patience.out_of_reach)
        self._was_deaf = bool(reason)

    async def _tell(self, incident: Incident) -> None:
        letter = alarm(self._t, incident.what, incident.code)
        if heard := await self._in_charge.tell(letter, incident.told, but_not=incident.part):
            log.warning("alarm_told", what=incident.what, heard=heard)

    async def _tell_it_is_over(self, incident: Incident) -> None:
        log.warning("trouble_over", part=incident.part, what=incident.what, heard=len(incident.told.heard))
        began = self._t.time(incident.since, self._zone)
        ended = self._t.time(incident.well_since or self._clock.now(), self._zone)
        over = all_clear(self._t, incident.what, began, ended, incident.code)
        await self._in_charge.tell_again(over, incident.told)
