"""Calls that the pretend world owes to the program: each is made again until it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 2.0


async def _nobody_reads(kind: str, body: bytes) -> None:
    """Most answers say no more than that it was taken."""


@dataclass(slots=True, kw_only=True, eq=False)
class Errand:
    """One call by HTTP. Errands in one `lane` go one after the other, the rest side by side.

    It is tried `tries` times, or for ever where None, as long as it is still `wanted`. `failed` hears
    each time why it was not answered with success, `heard` what the answer said where it was, by its
    content type, and `done` in the end whether it was.
    """

    url: str
    method: str = "GET"
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    lane: str
    tries: int | None = None
    wanted: Callable[[], bool] = lambda: True
    failed: Callable[[str], None] = lambda why: None
    heard: Callable[[str, bytes], Awaitable[None]] = _nobody_reads
    done: Callable[[bool], None] = lambda answered: None


# Why it failed, nothing where it did not.
Call = Callable[[Errand], Awaitable[str]]


class Errands:
    """What is owed outlives the runner: whatever was not answered waits for the next one."""

    def __init__(self) -> None:
        self._open: dict[Errand, asyncio.Task[None] | None] = {}
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._call: Call | None = None
        self._none_open = asyncio.Event()
        self._none_open.set()

    def add(self, errand: Errand) -> None:
        self._open[errand] = None
        self._none_open.clear()
        if self._call:
            self._start(errand, self._call)

    async def settled(self) -> None:
        """Returns once nothing is owed: nothing in flight, nothing waiting to be tried again."""
        await self._none_open.wait()

    @asynccontextmanager
    async def running(self, call: Call) -> AsyncIterator[None]:
        self._call = call
        for errand in list(self._open):
            self._start(errand, call)
        try:
            yield
        finally:
            self._call = None
            await self._stop()

    def _start(self, errand: Errand, call: Call) -> None:
        self._open[errand] = asyncio.get_running_loop().create_task(self._run(errand, call))

    async def _run(self, errand: Errand, call: Call) -> None:
        async with self._lanes.setdefault(errand.lane, asyncio.Lock()):
            answered = await _until_answered(errand, call)
        del self._open[errand]
        errand.done(answered)
        if not self._open:
            self._none_open.set()

    async def _stop(self) -> None:
        tasks = [task for task in self._open.values() if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._open = dict.fromkeys(self._open)


async def _until_answered(errand: Errand, call: Call) -> bool:
    pause, tried = FIRST_PAUSE, 0
    while errand.wanted() and (errand.tries is None or tried < errand.tries):
        if not (why := await call(errand)):
            return True
        errand.failed(why)
        tried += 1
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
    return False
