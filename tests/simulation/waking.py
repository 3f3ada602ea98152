"""Wakes the program when there is something to find, in the place of its own looks every few seconds.

Of ninety days those looks are all that would be seen; nearly all of them find nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from storage.outbox import BULK
from tests.simulation.overlooked import overlooked
from tests.simulation.process import Died, Process
from tests.simulation.records import microseconds

if TYPE_CHECKING:
    from tests.simulation.world import World

_NEVER = float("inf")
# The ticker asks every five seconds, and finds something where a moment has come that stands in a row, or
# where a letter failed. A campaign that goes out is looked at from time to time.
_SOON, _SOME_TIME = 5.0, 1800.0
_A_DAY = 86_400.0
# What still lies there though the program was woken for it is left for a minute.
_AGAIN = 60.0
# At these ages an unknown letter is asked about, or sent again: minutes of bot/settling.py, and a second.
_ASKED_AT = (121.0, 241.0, 481.0, 961.0, *(1801.0 + 1800.0 * (2**n - 1) for n in range(8)))
_LOOKED_AT = timedelta(days=3)
_GONE_WRONG = "SELECT count(*) FROM outbox WHERE state IN ('failed', 'unknown')"
_ANY_UNKNOWN = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'unknown')"
_UNKNOWN = "SELECT DISTINCT sent_at FROM outbox WHERE state = 'unknown' AND sent_at > ?"
# The moments that jobs of every tick wait for: tasks are told of TOGETHER after they were given.
_NEXT = """SELECT min(t) FROM (SELECT min(next_step_at) t FROM campaign_recipients
UNION ALL SELECT min(planned_for) FROM campaigns WHERE state = 'planned'
UNION ALL SELECT min(m.next_at) FROM series_members m JOIN series s ON s.id = m.series_id
WHERE s.state = 'running'
UNION ALL SELECT min(suspended_until) FROM addresses
UNION ALL SELECT min(due_at) FROM tasks WHERE closed_at IS NULL
UNION ALL SELECT min(given_at) + 1800000000 FROM tasks
WHERE closed_at IS NULL AND told_at IS NULL AND owner_id IS NOT NULL
UNION ALL SELECT min(unasked_at) + 300000000 FROM tasks WHERE unasked_at IS NOT NULL
UNION ALL SELECT min(planned_for) + CASE at_once WHEN 1 THEN 86400000000 ELSE 3600000000 END
FROM campaigns WHERE state = 'waiting' GROUP BY at_once)"""
_GOES_OUT = """SELECT EXISTS (SELECT 1 FROM campaigns WHERE state = 'running')
OR EXISTS (SELECT 1 FROM campaign_progress WHERE ended_at IS NULL)"""
_DUE = """SELECT min(t) FROM (SELECT min(not_before) t FROM outbox WHERE state = 'pending'
UNION ALL SELECT min(lease_until) FROM outbox WHERE state = 'sending')"""
_WAITS = """SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'pending' AND channel = ?1
AND priority BETWEEN ?2 AND ?3 AND not_before <= ?4) OR EXISTS (SELECT 1 FROM outbox
WHERE state = 'sending' AND channel = ?1 AND priority BETWEEN ?2 AND ?3 AND lease_until <= ?4)"""


class Alarm:
    """Rings once, at the earliest of the moments that were named since it last rang."""

    def __init__(self, world: World, rings: Callable[[], None]) -> None:
        self._world, self._rings, self._at = world, rings, _NEVER

    def within(self, seconds: float) -> None:
        at = self._world.loop.time() + seconds
        if at < self._at - 1e-3 or self._at < self._world.loop.time():
            self._at = at
            self._world.later(seconds, lambda: self._is_time(at))

    def off(self) -> None:
        self._at = _NEVER

    def _is_time(self, at: float) -> None:
        if self._at == at:
            self._at = _NEVER
            self._rings()


class Waking:
    def __init__(self, world: World) -> None:
        self._world = world
        self._tick = Alarm(world, lambda: world.begins(self._ticks()))
        self._wake = Alarm(world, self._wakes)
        self._settle = Alarm(world, lambda: world.begins(self._settles()))
        self._steps = self._steps_of_tick = self._gone_wrong = -1
        self._last_wake = self._last_tick = -1e9
        self._next_slot = self._looked_again = 0.0

    def starts_anew(self) -> None:
        """A process that just began has seen nothing of all this."""
        self._steps = self._steps_of_tick = self._gone_wrong = -1
        self._last_tick = -1e9
        self._settle.within(_SOON)

    def clock_was_set(self) -> None:
        self._tick.off()
        self._wake.off()
        self._next_slot = 0.0
        self._tick.within(1)
        self._settle.within(_SOON)

    def calm(self) -> None:
        """All is done at this moment: what must hold is looked at, and what comes next is seen to."""
        process = self._process
        if process.is_dead or process.disk.steps == self._steps:
            return
        self._world.watch.calm()
        self._steps = process.disk.steps
        if self._steps != self._steps_of_tick:
            self._ticks_soon_enough()
        self._wakes_when_due()

    def is_due(self, channel: str, to_many: bool) -> bool:
        """Whether there is anything to be taken up."""
        priorities = (BULK, BULK) if to_many else (0, BULK - 1)
        now = microseconds(self._world.clock.now())
        return bool(self._world.records.number(_WAITS, channel, *priorities, now))

    @property
    def _process(self) -> Process:
        return self._world.process

    def _ticks_soon_enough(self) -> None:
        gone_wrong = self._world.records.number(_GONE_WRONG)
        if gone_wrong != self._gone_wrong:
            self._tick.within(_SOON)
            self._settles_when_due()
        self._gone_wrong = gone_wrong
        self._ticks_when_due()

    def _ticks_when_due(self) -> None:
        wait = self._slot_in()
        if self._world.records.number(_GOES_OUT):
            wait = min(wait, _SOME_TIME)
        if planned := self._world.records.number(_NEXT):
            in_so_long = (planned - microseconds(self._world.clock.now())) / 1e6
            wait = min(wait, max(in_so_long, self._last_tick + _AGAIN - self._world.loop.time()))
        self._tick.within(max(wait, 0.001))

    def _slot_in(self) -> float:
        """Seconds until a job of the timetable strikes."""
        time = self._world.loop.time()
        if self._next_slot <= time:
            now = self._world.clock.now()
            slot = self._process.app.clockwork.next_slot(now)
            self._next_slot = time + max((slot - now).total_seconds(), 0.001)
        return self._next_slot - time

    async def _ticks(self) -> None:
        process = self._process
        self._last_tick = self._world.loop.time()
        try:
            await process.does(process.app.tick())
            await self._looks_again(process)
        except Died:
            return
        self._steps_of_tick = process.disk.steps
        self._ticks_when_due()

    async def _looks_again(self, process: Process) -> None:
        """Once a day: whether the tick passed over anything."""
        today = self._world.loop.time() // _A_DAY
        if today != self._looked_again:
            self._looked_again = today
            self._world.watch.overlooked(await process.does(overlooked(process.app)))

    def _settles_when_due(self) -> None:
        now = microseconds(self._world.clock.now())
        rows = self._world.records.all(_UNKNOWN, now - int(_ASKED_AT[-1] * 1e6))
        ages = [(now - row["sent_at"]) / 1e6 for row in rows]
        waits = [at - age for age in ages for at in _ASKED_AT if at > age + 0.01]
        if waits:
            self._settle.within(min(waits))

    async def _settles(self) -> None:
        process = self._process
        try:
            if self._world.records.number(_ANY_UNKNOWN):
                for one in process.app.settling:
                    await process.does(one.settle())
        except Died:
            return
        self._settles_when_due()

    def _wakes_when_due(self) -> None:
        due = self._next_due()
        if due is None:
            return
        wait = max((due - microseconds(self._world.clock.now())) / 1e6, 0) + 0.01
        self._wake.within(max(wait, self._last_wake + _AGAIN - self._world.loop.time()))

    def _next_due(self) -> int | None:
        row = self._world.records.one(_DUE)
        return None if row is None or row[0] is None else int(row[0])

    def _wakes(self) -> None:
        if self._process.is_dead:
            return
        due = self._next_due()
        if due is not None and due <= microseconds(self._world.clock.now()):
            self._last_wake = self._world.loop.time()
            self._process.app.sending.wake()
        else:
            self._wakes_when_due()
