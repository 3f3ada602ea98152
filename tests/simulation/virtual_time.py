"""An event loop in which time passes only when nobody has anything left to do.

Ninety days of timers take as long as the work between them, and each run of a seed the same turns.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import datetime, timedelta
from typing import Any

# Seconds of virtual time are kept in a float: a year of them is exact to a few millionths.
_EXACT_TO = 1e-5


class Stalled(Exception):
    """Nobody has anything to do, and no timer will ever ring: somebody waits for what cannot come."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """`when_calm` is called each time that all is done at a moment, before the next one."""

    def __init__(self) -> None:
        super().__init__(_NoFiles(self._rest))
        self._now = 0.0
        self._clock_resolution = _EXACT_TO
        self.when_calm: Callable[[], None] = lambda: None

    def time(self) -> float:
        return self._now

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Here and now: a thread would end whenever it likes."""
        done: asyncio.Future[Any] = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done

    def _rest(self, seconds: float | None) -> None:
        if seconds == 0:
            return
        before = self._first_timer()
        self.when_calm()
        if self._ready or self._first_timer() is not before:  # type: ignore[attr-defined]
            return  # whoever looked has set something in motion, or for a moment before the next one
        if seconds is None:
            raise Stalled
        self._now += max(seconds, _EXACT_TO)

    def _first_timer(self) -> object:
        timers = self._scheduled  # type: ignore[attr-defined]
        return timers[0] if timers else None


class _NoFiles(selectors.DefaultSelector):
    """Nothing is ever read from outside: to wait means that time goes by."""

    def __init__(self, rest: Callable[[float | None], None]) -> None:
        super().__init__()
        self._rest = rest

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self._rest(timeout)
        return []


class VirtualClock:
    """A `Clock` that follows the loop. `set_by` moves it alone, as a wrong hand at the machine does."""

    def __init__(self, loop: asyncio.AbstractEventLoop, start: datetime) -> None:
        self._loop = loop
        self._start = start
        self._wrong_by = timedelta()

    def now(self) -> datetime:
        return self.true() + self._wrong_by

    def true(self) -> datetime:
        """What time it is for everybody else."""
        return self._start + timedelta(milliseconds=round(self._loop.time() * 1000))

    def set_by(self, wrong: timedelta) -> None:
        self._wrong_by = wrong

    @property
    def is_right(self) -> bool:
        return not self._wrong_by
