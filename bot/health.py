"""Whether the program is well, for whoever watches over it: numbers and times, and nobody's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.clock import Clock
from storage.database import Database
from storage.pulse import Pulse, Waiting, pulse
from storage.running import StoodStill

# A member who wrote has waited this long for an answer, or nobody looked at the clock: we stand still.
TOO_LONG = timedelta(minutes=5)

log = structlog.get_logger()


# What is wrong, as `Alarm.told` has it.
Alarms = Callable[[], list[dict[str, Any]]]


class Health:
    """`last_tick` is when the clock's work was last done, None before the first time."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        last_tick: Callable[[], datetime | None],
        alarms: Alarms = list,
    ) -> None:
        self._alarms = alarms
        self._database = database
        self._clock = clock
        self._last_tick = last_tick
        self._started = clock.now()

    async def report(self) -> dict[str, Any]:
        """{"ok", "wrong": ["database" | "inbox" | "clock" | "telegram" | "sms"], "alarms": [{"part", "what",
        "code", "seconds", "told"}], "inbox": {"waiting", "oldest_seconds"}, "outbox": the same, "unknown",
        "dead_letters", "last_slots": {job: ISO 8601}, "let_go": {job: how many slots in eight days},
        "seconds_since_tick", "stood_still": null or {"since", "until": ISO 8601, "late", "made_up", "let_go":
        how many slots that fell into it}}; the first three alone where the database cannot be read.
        """
        alarms = self._alarms()
        now = self._clock.now()
        try:
            async with self._database.reading() as tx:
                felt = await pulse(tx, now)
        except Exception as error:
            log.error("health_unreadable", error=type(error).__name__)
            parts = {"database", *(alarm["part"] for alarm in alarms)}
            return {"ok": False, "wrong": sorted(parts), "alarms": alarms}
        wrong = [*(alarm["part"] for alarm in alarms), *self._wrong(felt, now)]
        return {"ok": not wrong, "wrong": wrong, "alarms": alarms, **_told(felt, now, self._last_tick())}

    def _wrong(self, felt: Pulse, now: datetime) -> list[str]:
        heard, ticked = felt.inbox["new"].since, self._last_tick() or self._started
        stands = {"inbox": heard is not None and now - heard > TOO_LONG, "clock": now - ticked > TOO_LONG}
        return [part for part, is_wrong in stands.items() if is_wrong]


def _told(felt: Pulse, now: datetime, last_tick: datetime | None) -> dict[str, Any]:
    return {
        "inbox": _waiting(felt.inbox["new"], now),
        "outbox": _waiting(felt.to_send, now),
        "unknown": felt.unknown,
        "dead_letters": felt.dead,
        "last_slots": {job: slot.isoformat() for job, slot in sorted(felt.last_slots.items())},
        "let_go": {job: gone.n for job, gone in felt.let_go.items()},
        "seconds_since_tick": _seconds(last_tick, now),
        "stood_still": _stood_still(felt.stood_still),
    }


def _stood_still(still: StoodStill | None) -> dict[str, Any] | None:
    if still is None:
        return None
    made_up = {"late": still.late, "made_up": still.made_up, "let_go": still.let_go}
    return {"since": still.began.isoformat(), "until": still.ended.isoformat(), **made_up}


def _waiting(waiting: Waiting, now: datetime) -> dict[str, int | None]:
    return {"waiting": waiting.count, "oldest_seconds": _seconds(waiting.since, now)}


def _seconds(since: datetime | None, now: datetime) -> int | None:
    return None if since is None else max(0, int((now - since).total_seconds()))
