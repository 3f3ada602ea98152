"""A clock that is set by hand, a machine that was off, and what each job says is to be done about it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import structlog
from sqlalchemy import select

from bot.clock import WoundClock
from bot.clockwork import Clockwork
from schedules.timetable import Job, Missed, WeekdayNotByName
from storage.database import Database
from storage.occurrences import occurrences
from storage.pulse import pulse
from tests.schedules.test_clockwork import AT_NINE, MONDAY, SHANGHAI, Struck, clockwork

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def rows(database: Database) -> list[tuple[str, str]]:
    query = select(occurrences.c.local_slot, occurrences.c.outcome).order_by(occurrences.c.local_slot)
    async with database.reading() as tx:
        found = await tx.conn.execute(query.where(occurrences.c.outcome != "from here"))
        return [(row.local_slot, row.outcome) for row in found]


def local(moments: list[datetime]) -> list[str]:
    return [f"{at.astimezone(SHANGHAI):%d %H:%M}" for at in moments]


@pytest.mark.parametrize(
    ("missed", "at_work", "outcomes"),
    [
        ("run each, late", ["03 09:00", "04 09:00", "05 09:00"], ["done", "done", "done"]),
        ("run once, late", ["05 10:00"], ["made up", "made up", "done"]),
        ("let go", [], ["let go", "let go", "let go"]),
    ],
)
async def test_after_72_hours_down_each_slot_has_its_row(
    database: Database, missed: Missed, at_work: list[str], outcomes: list[str]
) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    await clockwork(database, clock, struck.job(missed=missed)).tick()
    clock.wind(timedelta(hours=72))
    works = clockwork(database, clock, struck.job(missed=missed))
    for _ in range(3):
        await works.tick()
        clock.wind(timedelta(seconds=5))
    assert local(struck.at) == at_work
    slots = [f"2026-11-0{day}T09:00:00" for day in (3, 4, 5)]
    assert await rows(database) == list(zip(slots, outcomes, strict=True))
    clock.wind(DAY)
    await works.tick()
    assert len(struck.at) == len(at_work) + 1 if missed != "let go" else not struck.at


async def test_what_is_let_go_is_said_in_the_log_and_stands_for_a_week(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job(missed="let go"))
    await works.tick()
    clock.wind(timedelta(hours=41))  # three in the morning: nothing to wait for
    with structlog.testing.capture_logs() as log:
        await works.tick()
    said = {"event": "slots_let_go", "log_level": "warning", "job": "round", "slots": 1}
    assert log == [said | {"last": "2026-11-03T09:00:00"}]
    async with database.reading() as tx:
        assert (await pulse(tx, clock.now() + 7 * DAY)).let_go["round"].n == 1
        assert (await pulse(tx, clock.now() + 9 * DAY)).let_go == {}


async def test_each_missed_slot_by_itself_goes_on_after_one_that_failed(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job(missed="run each, late"))
    await works.tick()
    clock.wind(timedelta(hours=48))
    struck.fails = True
    assert await works.tick() == 0
    struck.fails = False
    assert await works.tick() == 2
    assert local(struck.at) == ["03 09:00", "04 09:00"]


@pytest.mark.parametrize("missed", ["run each, late", "run once, late", "let go"])
@pytest.mark.parametrize("set_by", [-9 * HOUR, -HOUR, -timedelta(minutes=20), HOUR, 8 * HOUR])
@pytest.mark.parametrize("by_page", [False, True])
@pytest.mark.parametrize("engine", ["sqlite"])
async def test_a_clock_set_back_or_forward_and_right_again_neither_skips_nor_doubles(
    database: Database, missed: Missed, set_by: timedelta, by_page: bool
) -> None:
    """Set back at five past nine, or on at five to nine; right again in half an hour. Also with restarts."""
    noted: list[str] = []
    pages = [0]

    for restarts in (False, True):
        noted.clear()
        clock = WoundClock(MONDAY)

        async def work(_tx: object, now: datetime) -> int:
            # Two pages, and then none is left.
            pages[0] = (pages[0] + 1) % 3 if by_page else 1
            if pages[0] == 1:
                noted.append(f"{now.astimezone(SHANGHAI):%d}")
            return int(pages[0] > 0)

        job = Job("round", AT_NINE, missed, work, by_page=by_page)
        works = clockwork(database, clock, job)
        await works.tick()
        for minute in range(0, 3 * 24 * 60, 5):
            here = minute - (2 * 24 * 60 - 60)  # minutes since nine o'clock of the fourth
            if here == (5 if set_by < timedelta(0) else -5):
                clock.wind(set_by)
            if here == (35 if set_by < timedelta(0) else 25):
                clock.wind(-set_by)
            if restarts and minute % 20 == 0:
                works = clockwork(database, clock, job)
            await works.tick()
            clock.wind(timedelta(minutes=5))
        if missed == "let go" and set_by > timedelta(0):
            # Set over nine o'clock by more than half an hour: that morning was missed.
            assert noted in (["03", "05"], ["03", "04", "05"])
        else:
            assert noted == ["03", "04", "05"]
        async with database.writing() as tx:
            await tx.conn.exec_driver_sql("DELETE FROM occurrences")


async def test_work_by_page_is_not_begun_again_for_a_slot_that_is_done(database: Database) -> None:
    """A clock set back an hour just after nine: those who were reminded are not reminded again at nine."""
    struck, clock = Struck(), WoundClock(MONDAY)
    left = [1]

    async def work(tx: object, now: datetime) -> int:
        struck.at.append(now)
        return left.pop() if left else 0

    job = Job("by_page", AT_NINE, "run once, late", work, by_page=True)
    works = clockwork(database, clock, job)
    await works.tick()
    clock.wind(timedelta(hours=23, minutes=5))
    assert await works.tick() == 1
    seen = len(struck.at)
    clock.wind(-HOUR)
    for _ in range(3):
        await works.tick()
        clock.wind(HOUR)
    assert len(struck.at) == seen


async def test_a_clock_put_right_after_the_first_start_costs_no_morning(database: Database) -> None:
    """It took China's time for UTC: slots count from what it shows now."""
    struck, clock = Struck(), WoundClock(MONDAY)
    works = clockwork(database, clock, struck.job())
    await works.tick()
    clock.wind(-8 * HOUR)
    for _ in range(9):
        await works.tick()
        clock.wind(HOUR)
    assert local(struck.at) == ["02 09:00"]


async def test_a_change_of_the_time_zone_strikes_no_slot_of_a_day_twice(database: Database) -> None:
    struck, clock = Struck(), WoundClock(MONDAY)
    await clockwork(database, clock, struck.job()).tick()
    clock.wind(timedelta(hours=23, minutes=5))
    await clockwork(database, clock, struck.job()).tick()
    moved = Clockwork(database, clock, [struck.job()], "Asia/Urumqi", lambda: None)
    for _ in range(12):
        await moved.tick()
        clock.wind(HOUR)
    assert len(struck.at) == 1
    clock.wind(timedelta(hours=16))
    await moved.tick()
    assert len(struck.at) == 2


@pytest.mark.parametrize("days", ["1", "0-4", "mon-5", "1,3", "*/2", "Monday"])
def test_a_weekday_is_written_by_name(days: str) -> None:
    """1 means Tuesday to the scheduler and Monday to cron: the list would come on the wrong day."""
    with pytest.raises(WeekdayNotByName):
        Struck().job({"day_of_week": days, "hour": "8"})


@pytest.mark.parametrize("days", ["mon", "mon-fri", "mon,thu", "sat-sun"])
def test_names_of_weekdays_are_taken(days: str) -> None:
    Struck().job({"day_of_week": days, "hour": "8"})
