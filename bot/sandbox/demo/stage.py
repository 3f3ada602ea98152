"""The stage behind the page: the clock goes on, and the whole program follows it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.clock import WoundClock
from bot.sandbox.demo.crowd import Crowd
from bot.sandbox.demo.guests import Guests
from bot.sandbox.demo.happenings import what_happened
from bot.sandbox.page import PhoneOnStage, Step, Waiting
from bot.sandbox.rehearsal import Rehearsal

_LONGEST_LOOK = timedelta(days=60)
_PATIENCE = 20.0


class Opened(NamedTuple):
    rehearsal: Rehearsal
    crowd: Crowd
    guests: Guests


class DemoStage:
    """Before it is opened nobody answers, so nothing is said and nothing is wound."""

    def __init__(self, clock: WoundClock, cast: Sequence[PhoneOnStage], timezone: ZoneInfo) -> None:
        self._clock, self._cast, self.timezone = clock, cast, timezone
        self._opened: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()

    def open(self, rehearsal: Rehearsal, crowd: Crowd, guests: Guests) -> None:
        self._opened.set_result(Opened(rehearsal, crowd, guests))

    @property
    def phones(self) -> Sequence[PhoneOnStage]:
        guests = self._opened.result().guests.phones if self._opened.done() else ()
        return [*self._cast, *guests]

    async def opened(self) -> None:
        await asyncio.shield(self._opened)

    def now(self) -> datetime:
        return self._clock.now()

    async def wind(self, step: Step) -> list[str]:
        """Through each slot of the timetable on the way, so that every morning has its work done."""
        rehearsal, crowd, _ = await asyncio.shield(self._opened)
        start = self._clock.now()
        before = self._screens(rehearsal)
        until = start + {"day": timedelta(days=1), "week": timedelta(days=7), "next": _LONGEST_LOOK}[step]
        while self._clock.now() < until:
            slot = await rehearsal.app.clockwork.next_event(self._clock.now())
            await self._wind_to(rehearsal, crowd, min(slot, until))
            if step == "next" and self._screens(rehearsal) != before:
                break
        return what_happened(rehearsal.world, self.phones, since=start)

    async def waiting(self) -> Sequence[Waiting]:
        return await (await asyncio.shield(self._opened)).guests.waiting()

    async def bring(self, waiting_id: str) -> int:
        return await (await asyncio.shield(self._opened)).guests.bring(waiting_id)

    async def dismiss(self, phone_id: int) -> None:
        (await asyncio.shield(self._opened)).guests.dismiss(phone_id)

    async def _wind_to(self, rehearsal: Rehearsal, crowd: Crowd, moment: datetime) -> None:
        self._clock.wind(max(moment - self._clock.now(), timedelta()))
        await rehearsal.app.clockwork.tick()
        rehearsal.app.sending.wake()
        # A phone that cannot be reached does not hold up the clock.
        with suppress(TimeoutError):
            await rehearsal.until_calm(_PATIENCE)
            # They check in because of what they just got: an answer to that answer would never end.
            if crowd.answers():
                await rehearsal.until_calm(_PATIENCE)
                crowd.reads()

    def _screens(self, rehearsal: Rehearsal) -> int:
        """How many messages stand on the phones on it."""
        world = rehearsal.world
        chats = sum(len(world.chat(p.phone_id)) for p in self.phones if world.phone(p.phone_id).smartphone)
        return chats + sum(len(world.sms(p.phone_id)) for p in self.phones)
