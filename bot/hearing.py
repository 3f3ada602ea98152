"""Whether we hear Telegram: a line in the log when that changes, a word in /health, and when to ask again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.clock import Clock
from bot.health import TOO_LONG, Alarms, Health
from storage.database import Database

# Two that ask under one token send each other away for ever: each word reaches one of them, by chance.
ANOTHER = "another_poller"
_STOP_THE_OTHER = (
    "另一个程序也在用这个口令收消息：请停掉它（另一份联动、演示或旧服务器），或向 @BotFather 换一个口令 / "
    "another program asks with the same token: stop it (a second Liandong, a demo, an old server), or ask "
    "@BotFather for a new token"
)
# It asked within this time: it is still there, though we were left alone for a moment.
_STILL_THERE = timedelta(minutes=5)
_LONGEST_PAUSE = 60.0

log = structlog.get_logger()


class Hearing:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._reason = ""
        self._since: datetime | None = None
        self._last = clock.now()
        self._in_a_row = 0

    def lost(self, reason: str, hint: str, pause: float) -> float:
        """Seconds to leave it alone: `pause`, and longer each time where another asks too."""
        self._last = self._clock.now()
        self._in_a_row = self._in_a_row + 1 if reason == self._reason else 1
        if reason != self._reason:
            self._reason, self._since = reason, self._since or self._last
            log.warning("not_listening", reason=reason, hint=_STOP_THE_OTHER if reason == ANOTHER else hint)
        if reason != ANOTHER:
            return pause
        return min(pause * 2.0 ** min(self._in_a_row - 1, 10), max(pause, _LONGEST_PAUSE))

    def regained(self) -> None:
        """Telegram answered our question."""
        if self._reason == ANOTHER and self._clock.now() - self._last < _STILL_THERE:
            return
        if self._reason:
            log.info("listening_again", after=self._reason)
        self._reason, self._since, self._in_a_row = "", None, 0

    def told(self) -> dict[str, Any]:
        """{"hears", "reason", "seconds"}: since when it does not, and why."""
        since = self._since
        seconds = int((self._clock.now() - since).total_seconds()) if since else None
        return {"hears": since is None, "reason": self._reason or None, "seconds": seconds}

    @property
    def is_deaf(self) -> bool:
        return self._since is not None and self._clock.now() - self._since > TOO_LONG


class HealthAndHearing(Health):
    """Not well either where we have not heard Telegram for too long: those who write there wait in vain."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        last_tick: Callable[[], datetime | None],
        hearing: Hearing,
        alarms: Alarms = list,
    ) -> None:
        super().__init__(database, clock, last_tick, alarms)
        self._hearing = hearing

    async def report(self) -> dict[str, Any]:
        """As of any Health, and "telegram": {"hears", "reason", "seconds"}."""
        said = await super().report()
        said["telegram"] = self._hearing.told()
        if self._hearing.is_deaf:
            said |= {"ok": False, "wrong": list(dict.fromkeys([*said.get("wrong", ()), "telegram"]))}
        return said
