"""Every job strikes once a local day, on each day of two years, and where an hour comes twice or never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import WoundClock
from bot.clockwork import Clockwork
from bot.slots import due_slots, next_moment
from content.rules.wall_time import wall_time
from schedules.timetable import TIMETABLE, Job
from storage.database import Database, Transaction
from storage.occurrences import mark

ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Europe/London", "America/New_York")
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
BY_NIGHT = ({"hour": "1", "minute": "30"}, {"hour": "2", "minute": "30"}, {"hour": "2", "minute": "0"})


async def no_work(_tx: Transaction, _now: datetime) -> int:
    return 0


JOBS = [job for job in TIMETABLE if job.at]
JOBS += [Job(f"by night {n}", at, "run once, late", no_work) for n, at in enumerate(BY_NIGHT)]


def days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += DAY


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def days_of_change(zone: ZoneInfo) -> list[date]:
    return [day for day in days() if midnight(day + DAY, zone) - midnight(day, zone) != DAY]


def is_its_day(job: Job, day: date) -> bool:
    return job.at.get("day_of_week") in (None, f"{day:%a}".lower())


def test_there_are_days_of_change_to_be_tried() -> None:
    assert [len(days_of_change(ZoneInfo(zone))) for zone in ZONES] == [0, 0, 4, 4]


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_each_job_has_one_slot_a_local_day_for_two_years(name: str, job: Job) -> None:
    zone, struck = ZoneInfo(name), Counter[date]()
    for day in days():
        begin, end = (midnight(one, zone) - timedelta(microseconds=1) for one in (day, day + DAY))
        slots = due_slots(job, zone, mark(begin), end)
        struck[day] += len(slots)
        assert all(wall_time(slot.moment, zone).date() == day for slot in slots)
    assert {day: n for day, n in struck.items() if n != is_its_day(job, day)} == {}


@pytest.mark.parametrize("name", ZONES)
def test_what_comes_next_lies_always_ahead(name: str) -> None:
    """A demo that winds its clock from event to event would else stand still in the hour that comes twice."""
    zone = ZoneInfo(name)
    for day in days_of_change(zone):
        moment = midnight(day, zone)
        while moment < midnight(day + DAY, zone):
            coming = min(next_moment(job, zone, moment) for job in JOBS)
            assert coming > moment
            moment = coming


@dataclass
class Noted:
    """Jobs that note on which local day they were at work, and at what time on the wall."""

    zone: ZoneInfo
    at: dict[str, list[datetime]] = field(default_factory=dict)

    def job(self, like: Job) -> Job:
        self.at[like.name] = []

        async def work(_tx: Transaction, now: datetime) -> int:
            self.at[like.name].append(wall_time(now, self.zone))
            return 1

        return Job(like.name, like.at, like.missed, work)


@pytest.mark.parametrize("name", ZONES)
async def test_a_running_clock_strikes_once_on_the_days_of_change(database: Database, name: str) -> None:
    """Minute by minute through the night of change, and on to its evening, with a restart every hour."""
    zone = ZoneInfo(name)
    for day in days_of_change(zone) or [date(2026, 3, 29)]:
        noted = Noted(zone)
        jobs = [noted.job(job) for job in JOBS]
        clock = WoundClock(midnight(day, zone))
        works = Clockwork(database, clock, jobs, name, lambda: None)
        while clock.now() < midnight(day + DAY, zone):
            if clock.now().minute == 0:
                works = Clockwork(database, clock, jobs, name, lambda: None)
            await works.tick()
            clock.wind(MINUTE if wall_time(clock.now(), zone).hour < 4 else 10 * MINUTE)
        assert {job: len(at) for job, at in noted.at.items()} == {
            job.name: is_its_day(job, day) for job in JOBS
        }
        assert all(at.date() == day for moments in noted.at.values() for at in moments)
        await forget(database)


async def forget(database: Database) -> None:
    async with database.writing() as tx:
        await tx.conn.exec_driver_sql("DELETE FROM occurrences")
