"""When a job strikes: the slots of its fields, on the wall of the house. Where cron fields are read.

A slot is a time on the wall, once a local day however often the wall shows it: so the fields are laid
over the wall's own plain row of days, and only then is asked which moment each of them was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.triggers.cron import CronTrigger

from content.rules.wall_time import moment_of, wall_time
from schedules.timetable import Job
from storage.occurrences import Slot

# Of a clock that runs centuries ahead, or of a program down for years, no more is counted one by one.
_LONGEST = timedelta(days=366)
_NEXT = timedelta(seconds=1)


def due_slots(job: Job, zone: tzinfo, after: Slot, now: datetime) -> list[Slot]:
    """Those that came after that one, up to now, in their order."""
    begin = max(_wall_of(after, zone), wall_time(now - _LONGEST, zone))
    due = []
    for slot in _slots(job, zone, begin):
        if slot.moment > now:
            break
        due.append(slot)
    return due


def next_moment(job: Job, zone: tzinfo, after: datetime) -> datetime:
    """When the job strikes next."""
    slots = _slots(job, zone, wall_time(after, zone))
    return next(slot.moment for slot in slots if slot.moment > after)


def _slots(job: Job, zone: tzinfo, begin: datetime) -> Iterator[Slot]:
    """All of them after that time on the wall, without end."""
    fields, wall = CronTrigger(timezone=UTC, **job.at), begin
    while True:
        found: datetime = fields.get_next_fire_time(None, wall.replace(tzinfo=UTC) + _NEXT)
        wall = found.replace(tzinfo=None)
        yield Slot(wall.isoformat(timespec="seconds"), moment_of(wall, zone))


def _wall_of(slot: Slot, zone: tzinfo) -> datetime:
    """A mark is a moment; of a slot the wall is known, also in the hour that comes twice."""
    written = datetime.fromisoformat(slot.local)
    return wall_time(written, zone) if written.tzinfo else written
