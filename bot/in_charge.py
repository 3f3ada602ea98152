"""Those who are told when the program is in trouble, and the ways to them: read while all was well.

It goes straight out by the channels: the outbox may be the very thing that cannot be written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from bot.channels.contract import Channel, Outgoing, SendingFailed
from bot.clock import Clock
from content.letter import Letter
from storage.database import Database
from storage.ids import IdMint
from storage.in_charge import doors_of_admins

# A new administrator is known after so long.
_HOLDS = timedelta(minutes=10)
# Whoever could not be told is tried again after so long.
_AGAIN = timedelta(minutes=1)

log = structlog.get_logger()


class Way(NamedTuple):
    """An address by which somebody is told."""

    channel: str
    address: str


# Of one person, the best first.
Ways = tuple[Way, ...]


@dataclass
class Told:
    """Who heard of one thing, and who could not be reached when; each by the first of their ways."""

    heard: set[Way] = field(default_factory=set)
    missed: dict[Way, datetime] = field(default_factory=dict)


class InCharge:
    """`also` are told beside the administrators, and where the database could not be read even once."""

    def __init__(
        self, database: Database, channels: Mapping[str, Channel], clock: Clock, also: Sequence[Way] = ()
    ) -> None:
        self._database, self._channels, self._clock = database, channels, clock
        self._also = also
        self._everybody: list[Ways] = [(way,) for way in also]
        self._read_at: datetime | None = None
        self._mint = IdMint()

    async def read(self) -> None:
        """Where it cannot be read, those who are known stay."""
        now = self._clock.now()
        if self._read_at and now - self._read_at < _HOLDS:
            return
        try:
            async with self._database.reading() as tx:
                admins = await doors_of_admins(tx)
        except Exception as error:
            log.warning("alarm_list_unread", error=type(error).__name__)
            return
        ways = [tuple(Way(door.channel, door.value) for door in doors) for doors in admins]
        known = {way for of_one in ways for way in of_one}
        self._everybody = [*ways, *((way,) for way in self._also if way not in known)]
        self._read_at = now

    async def tell(self, letter: Letter, told: Told, but_not: str) -> int:
        """Tell those who have not heard it, not by the channel `but_not`; how many hear it now."""
        now, before = self._clock.now(), len(told.heard)
        for ways in self._everybody:
            missed = told.missed.get(ways[0])
            if ways[0] in told.heard or (missed and now - missed < _AGAIN):
                continue
            if await self._reach(ways, letter, but_not):
                told.heard.add(ways[0])
            else:
                told.missed[ways[0]] = now
        return len(told.heard) - before

    async def tell_again(self, letter: Letter, told: Told) -> None:
        """Those who heard how it began."""
        for ways in self._everybody:
            if ways[0] in told.heard:
                await self._reach(ways, letter)

    async def _reach(self, ways: Ways, letter: Letter, but_not: str = "") -> bool:
        """By the first way that takes it. Rather twice than not at all: no answer counts as no."""
        for way in ways:
            channel = self._channels.get(way.channel)
            if channel is None or way.channel == but_not:
                continue
            text = letter.sms if way.channel == "sms" else letter.chat
            try:
                await channel.send(Outgoing(way.address, text, self._mint.new(self._clock.now())))
            except SendingFailed as failure:
                log.warning("alarm_not_taken", channel=way.channel, reason=failure.reason)
            else:
                return True
        return False
