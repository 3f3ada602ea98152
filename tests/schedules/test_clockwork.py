"""The clock strikes each slot once: after a restart, after three days down, and with a second process."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import WoundClock
from bot.clockwork import Clockwork
from schedules.timetable import TIMETABLE, Job, Missed
from storage import occurrences, units
from storage.database import Database, Transaction

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 10, 0, tzinfo=SHANGHAI)
AT_NINE: Mapping[str, str] = {"hour": "9", "minute": "0"}


@dataclass
class Struck:
    """A job that notes when it was at work."""

    at: list[datetime] = field(default_factory=list)
    fails: bool = False

    async def work(self, tx: Transaction, now: datetime) -> int:
        if self.fails:
            raise RuntimeError("a bad morning")
        await asyncio.sleep(0)
        self.at.append(now)
        return 1

    def job(self, at: Mapping[str, str] = AT_NINE, missed: Missed = "run once, late") -> Job:
        return Job("round", at, missed, self.work)


def clockwork(database: Database, clock: WoundClock, *jobs: Job) -> Clockwork:
    return Clockwork(database, clock, jobs, "Asia/Shanghai", lambda: None)


async def test_a_new_database_makes_up_for_nothing(database: Database) -> None:
    struck = Struck()
    works = clockwork(database, WoundClock(MONDAY), struck.job())
    assert await works.tick() == await works.tick() == 0
    assert struck.at == []


async def test_a_slot_is_struck_once_however_often_the_clock_ticks(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job())
    await works.tick()
    clock.wind(timedelta(hours=23))
    for _ in range(3):
        await works.tick()
        clock.wind(timedelta(seconds=5))
    assert struck.at == [MONDAY + timedelta(hours=23)]


async def test_a_restart_neither_skips_nor_doubles(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    for hours in (0, 22, 1, 0, 1, 23):
        clock.wind(timedelta(hours=hours))
        await clockwork(database, clock, struck.job()).tick()
    assert [at.astimezone(SHANGHAI).day for at in struck.at] == [3, 4]


async def test_after_three_days_down_it_is_made_up_once(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    await clockwork(database, clock, struck.job()).tick()
    clock.wind(timedelta(hours=72))
    works = clockwork(database, clock, struck.job())
    assert [await works.tick() for _ in range(3)] == [1, 0, 0]
    clock.wind(timedelta(hours=23))
    assert await works.tick() == 1


async def test_what_was_missed_is_not_made_up_at_night(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job())
    await works.tick()
    clock.wind(timedelta(hours=41))  # up again at three in the morning
    assert await works.tick() == 0
    clock.wind(timedelta(hours=5))
    assert await works.tick() == 1


async def test_a_job_may_let_go_what_it_missed(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job(missed="let go"))
    await works.tick()
    clock.wind(timedelta(hours=26))
    assert await works.tick() == 0
    clock.wind(timedelta(hours=21, minutes=5))
    assert await works.tick() == 1


async def test_a_job_that_fails_stops_no_other_and_is_tried_again(database: Database) -> None:
    bad, good, clock = Struck(fails=True), Struck(), WoundClock(MONDAY)
    jobs = [Job("bad", AT_NINE, "run once, late", bad.work), good.job()]
    works = clockwork(database, clock, *jobs)
    await works.tick()
    clock.wind(timedelta(hours=23))
    await works.tick()
    assert len(good.at) == 1
    bad.fails = False
    await works.tick()
    assert (len(bad.at), len(good.at)) == (1, 1)


async def test_two_processes_strike_each_slot_once(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    other = Database(database.url.render_as_string(hide_password=False), database.vault)
    try:
        both = [clockwork(each, clock, struck.job()) for each in (database, other)]
        await asyncio.gather(*(works.tick() for works in both))
        for _ in range(5):
            clock.wind(timedelta(days=1))
            await asyncio.gather(*(works.tick() for works in both for _ in range(2)))
    finally:
        await other.close()
    assert [at.astimezone(SHANGHAI).day for at in struck.at] == [3, 4, 5, 6, 7]


async def test_a_job_that_fails_leaves_its_slot_to_be_struck(database: Database) -> None:
    bad, clock = Struck(fails=True), WoundClock(MONDAY)
    works = clockwork(database, clock, bad.job())
    await works.tick()
    async with database.reading() as tx:
        before = await occurrences.last_slot(tx, "round", clock.now())
    clock.wind(timedelta(days=1))
    await works.tick()
    async with database.reading() as tx:
        assert await occurrences.last_slot(tx, "round", clock.now()) == before


async def test_a_clock_that_was_far_ahead_once_switches_no_job_off(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job())
    await works.tick()
    clock.wind(timedelta(days=400))
    await works.tick()
    clock.wind(timedelta(days=-400))
    await works.tick()
    clock.wind(timedelta(hours=23))
    assert await works.tick() == 1
    clock.wind(timedelta(days=1))
    assert await clockwork(database, clock, struck.job()).tick() == 1


async def test_a_process_whose_clock_is_a_little_behind_doubles_nothing(database: Database) -> None:
    struck, ahead, behind = Struck(), WoundClock(MONDAY), WoundClock(MONDAY - timedelta(seconds=20))
    both = [clockwork(database, clock, struck.job()) for clock in (ahead, behind)]
    await both[0].tick()
    for _ in range(3):
        ahead.wind(timedelta(hours=23))
        behind.wind(timedelta(hours=23))
        for works in both:
            await works.tick()
        ahead.wind(timedelta(hours=1))
        behind.wind(timedelta(hours=1))
        for works in both:
            await works.tick()
    assert len(struck.at) == 3


@pytest.mark.parametrize(
    ("after", "following"),
    [
        ("2026-11-02T10:00", "2026-11-03T09:00"),  # Tuesday's reminders
        ("2026-11-08T12:00", "2026-11-09T08:30"),  # Monday's round comes before that day's reminders
        ("2026-11-09T08:30", "2026-11-09T09:00"),
        ("2026-11-09T09:00", "2026-11-09T09:30"),
    ],
)
async def test_the_timetable_says_what_comes_next(database: Database, after: str, following: str) -> None:
    works = Clockwork(database, WoundClock(MONDAY), TIMETABLE, "Asia/Shanghai", lambda: None)
    next_slot = works.next_slot(datetime.fromisoformat(after).replace(tzinfo=SHANGHAI))
    assert next_slot == datetime.fromisoformat(following).replace(tzinfo=SHANGHAI)


async def test_work_by_page_goes_on_until_none_is_left_each_page_by_itself(database: Database) -> None:
    """The second page fails: the first one stands, and the next tick goes on with the second."""
    pages, fails, clock = [3, 2], [True], WoundClock(MONDAY)

    async def work(tx: Transaction, now: datetime) -> int:
        if len(pages) == 1 and fails:
            fails.clear()
            raise RuntimeError
        await units.found(tx, now, f"第 {len(pages)} 页")
        return pages.pop(0) if pages else 0

    job = Job("by_page", {"hour": "9", "minute": "0"}, "run once, late", work, by_page=True)
    works = Clockwork(database, clock, (job,), "Asia/Shanghai", lambda: None)
    await works.tick()
    clock.wind(timedelta(days=1))
    assert [await works.tick() for _ in range(3)] == [0, 2, 0]
    async with database.reading() as tx:
        assert [unit.name for unit in await units.everyone(tx)] == ["第 2 页", "第 1 页", "第 0 页"]


async def test_a_tick_that_is_called_as_it_stops_is_not_cut_short(database: Database) -> None:
    works, begun, ended = clockwork(database, WoundClock(MONDAY)), 0, 0

    async def tick() -> None:
        nonlocal begun, ended
        begun += 1
        await asyncio.sleep(0.05)
        ended += 1

    works.start(tick, seconds=3600)
    [ticking] = works._ticker.get_jobs()
    ticking.modify(next_run_time=datetime.now(SHANGHAI))
    await asyncio.sleep(0)  # now it is called, and has not begun
    assert begun == 0
    await works.stop()
    await asyncio.sleep(0.01)
    assert (begun, ended) == (0, 0)
