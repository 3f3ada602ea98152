"""What time it is: asked once a turn or a job, and handed down as a value from there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The time in UTC, aware."""
        ...


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class WoundClock:
    """Stands where it was set until somebody winds it: for tests and for the demo's visitors.

    With `runs` it also goes on by itself at the pace of the wall clock.
    """

    def __init__(self, start: datetime, runs: bool = False) -> None:
        self._offset = start - datetime.now(UTC)
        self._stands_at = None if runs else start

    def now(self) -> datetime:
        return self._stands_at or datetime.now(UTC) + self._offset

    def wind(self, by: timedelta) -> datetime:
        self._offset += by
        if self._stands_at is not None:
            self._stands_at += by
        return self.now()
