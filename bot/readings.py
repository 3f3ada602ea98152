"""How things stand, read from the database for whoever watches, and not more often than it can bear."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.clock import Clock
from storage.database import Database
from storage.pulse import Pulse, database_bytes, pulse
from storage.silence import counts
from storage.viewer import the_programme

# Seconds for which a reading holds, and how much longer than it took.
_HOLDS = 5.0
_REST = 20

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Reading:
    """`away` counts members by standing, `last_tick` is None before the first."""

    pulse: Pulse
    away: Mapping[str, int]
    database_bytes: int
    keys: int
    last_tick: datetime | None


class Readings:
    """Counting a million members takes a while: at most a twentieth of the time goes into it."""

    def __init__(self, database: Database, clock: Clock, last_tick: Callable[[], datetime | None]) -> None:
        self._database = database
        self._clock = clock
        self._last_tick = last_tick
        self._latest: Reading | None = None
        self._holds_until = 0.0

    async def latest(self) -> Reading | None:
        """None where the database cannot be read."""
        started = time.monotonic()
        if started >= self._holds_until:
            self._latest = await self._read()
            ended = time.monotonic()
            self._holds_until = ended + max(_HOLDS, _REST * (ended - started)) if self._latest else 0.0
        return self._latest

    async def _read(self) -> Reading | None:
        now = self._clock.now()
        try:
            async with self._database.reading() as tx:
                away = await counts(tx, the_programme(), now)
                return Reading(
                    pulse=await pulse(tx, now),
                    away={"fresh": away.fresh, "due": away.due, "late": away.late, "silent": away.silent},
                    database_bytes=await database_bytes(tx),
                    keys=len(self._database.vault.keys),
                    last_tick=self._last_tick(),
                )
        except Exception as error:
            log.error("metrics_unreadable", error=type(error).__name__)
            return None
