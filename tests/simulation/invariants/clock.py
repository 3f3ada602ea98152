"""What the clock brings: each slot once, none passed over, and nobody told the same thing twice for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from schedules.timetable import TIMETABLE, Job
from tests.simulation.invariants.invariant import Found, Invariant
from tests.simulation.records import microseconds, moment

if TYPE_CHECKING:
    from tests.simulation.world import World

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Missed at night, a job waits for the morning; the day's work is done by this time of it.
_DONE_BY = timedelta(hours=14)


class EachSlotOnce(Invariant):
    """Our own reckoning of the timetable against the rows: in them nothing else, and the last one in them."""

    name = "each slot once"

    def day_ends(self) -> Found:
        if not self.world.service.clock_was_right_for(timedelta(days=2)):
            return
        for job in TIMETABLE:
            if job.at:
                yield from self._of(job)

    def _of(self, job: Job) -> Found:
        now = self.world.clock.now()
        rows = self.world.records.all(
            "SELECT slot, struck_at FROM occurrences WHERE job = ? AND slot > ?",
            job.name,
            microseconds(max(now - timedelta(days=8), self.world.start + timedelta(minutes=1))),
        )
        struck = [moment(row["slot"]) for row in rows]
        slots = set(self._slots(job, now))
        yield from (
            f"{job.name} struck at {slot.astimezone(self.world.zone):%a %H:%M}"
            for slot in struck
            if slot not in slots
        )
        due = [slot for slot in slots if slot > self.world.start and slot + _DONE_BY < now]
        if due and max(due) not in struck and self.world.service.was_up_for(_DONE_BY):
            yield f"{job.name} passed over {max(due).astimezone(self.world.zone):%m-%d %H:%M}"

    def _slots(self, job: Job, now: datetime) -> Iterator[datetime]:
        """Those of the last days, by plain arithmetic in a zone without daylight saving."""
        today = now.astimezone(self.world.zone).replace(minute=0, second=0, microsecond=0)
        for days in range(9):
            slot = (today - timedelta(days=days)).replace(
                hour=int(job.at["hour"]), minute=int(job.at["minute"])
            )
            weekday = job.at.get("day_of_week")
            if slot <= now and weekday in (None, _WEEKDAYS[slot.weekday()]):
                yield slot


class ToldOnce(Invariant):
    """A reader gets one report of who fell silent a day, and one round a week; a member two reminders."""

    name = "told once"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._after = ""

    def day_ends(self) -> Found:
        if not self.world.service.clock_was_right_for(timedelta(days=2)):
            return
        since = microseconds(self.world.clock.now() - timedelta(hours=23))
        for kind in ("silence", "round"):
            for row in self.world.records.all(
                """SELECT person_id, count(*) n FROM outbox
                WHERE idempotency_key LIKE ? AND made_at > ? GROUP BY person_id HAVING count(*) > 1""",
                f"{kind}:%",
                since,
            ):
                yield f"{row['n']} letters '{kind}' in a day to {self.world.book.called(row['person_id'])}"
