"""What goes wrong in a run, drawn before it begins: crashes, nights without power, a network that is away."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.simulation.luck import Luck
from tests.simulation.person import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from tests.simulation.world import World

# Mean days between two of a kind.
_CRASH, _STOP, _DOWN, _TELEGRAM_OUT, _SMS_OUT, _WRONG_CLOCK = 4, 12, 30, 45, 40, 40
# So many steps of the database until the power goes: within the next word, or some words later.
_FUSE = 150
# At the end everything is mended, and what is left has so long to arrive.
MENDED_FOR = 3 * DAY


class Faults:
    def __init__(self, world: World, days: float) -> None:
        self._world = world
        self._luck = Luck(world.seed, "faults")
        self._until = days * DAY - MENDED_FOR

    def begin(self) -> None:
        for mean, fault in (
            (_CRASH, self._crash),
            (_STOP, self._stop),
            (_DOWN, self._down),
            (_TELEGRAM_OUT, self._telegram_out),
            (_SMS_OUT, self._sms_out),
            (_WRONG_CLOCK, self._wrong_clock),
        ):
            at = self._luck.expovariate(1 / (mean * DAY))
            while at < self._until:
                self._world.later(at, fault)
                at += self._luck.expovariate(1 / (mean * DAY))

    def _crash(self) -> None:
        """In the middle of whatever is next, and soon again at work."""
        steps = self._luck.randint(1, _FUSE)
        self._world.diary.note("fuse", said=str(steps))
        self._world.process.disk.light_fuse(steps)

    def _stop(self) -> None:
        self._world.begins(self._world.service.restarts(self._luck.uniform(5, 300), kill=False))

    def _down(self) -> None:
        """Hours to three days without power; a kill as often as an orderly end."""
        hours = min(self._luck.uniform(1, 72), (self._until - self._world.loop.time()) / HOUR)
        kill = self._luck.happens(0.5)
        self._world.begins(self._world.service.restarts(max(hours, 0.1) * HOUR, kill))

    def _telegram_out(self) -> None:
        self._world.begins(self._out("telegram", self._luck.uniform(2 * HOUR, 4 * DAY)))

    def _sms_out(self) -> None:
        self._world.begins(self._out("sms", self._luck.uniform(0.2 * HOUR, 20 * HOUR)))

    async def _out(self, which: str, seconds: float) -> None:
        network = self._world.telegram if which == "telegram" else self._world.centre
        self._world.diary.note(f"{which} is out of reach")
        network.is_out = True
        await asyncio.sleep(min(seconds, self._until - self._world.loop.time()))
        network.is_out = False
        self._world.diary.note(f"{which} is back")

    def _wrong_clock(self) -> None:
        hour = timedelta(hours=self._luck.choice((1, -1)))
        self._world.diary.note("clock is wrong", said=str(hour))
        self._world.service.sets_clock(hour)
        back_in = min(self._luck.uniform(20 * MINUTE, 2 * DAY), self._until - self._world.loop.time())
        self._world.later(max(back_in, 1), lambda: self._world.service.sets_clock(timedelta()))
