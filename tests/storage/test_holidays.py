"""Which days are holidays: what was brought goes before what the program knows, and the law before both."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from content.rules.holidays import Holiday
from storage import holidays
from storage.database import Database

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SPRING = [Holiday(date(2027, 2, day), "春节") for day in range(4, 12)]
EVE, WORKED = Holiday(date(2026, 12, 31), "元旦"), Holiday(date(2027, 1, 30), "春节", "working")


async def test_a_year_nobody_told_has_the_days_of_the_law(database: Database) -> None:
    async with database.reading() as tx:
        known = await holidays.known(tx)
    assert (known.knows(2026), known.knows(2027)) == (True, False)
    assert date(2026, 2, 15) in known, "an exchanged day of a table that the library has"
    assert date(2026, 2, 14) not in known, "a Saturday on which people work"
    assert date(2027, 2, 5) in known, "the eve of the new year"
    assert date(2027, 2, 9) not in known
    assert len(known.of(2027)) == 13


async def test_what_is_brought_in_counts_and_is_replaced_as_a_whole(database: Database) -> None:
    async with database.writing() as tx:
        assert await holidays.bring(tx, 2027, [EVE, *SPRING, WORKED]) == 0
    async with database.reading() as tx:
        known = await holidays.known(tx)
    assert known.knows(2027)
    assert [day for day in (EVE.day, date(2027, 2, 4), date(2027, 2, 11)) if day not in known] == []
    assert WORKED.day not in known
    assert date(2027, 10, 1) in known, "the law's own day, which the table forgot"
    assert date(2026, 10, 4) in known, "the year before is what it was"
    async with database.writing() as tx:
        assert await holidays.bring(tx, 2027, SPRING[1:]) == 10
        known = await holidays.known(tx)
        assert (EVE.day in known, SPRING[0].day in known) == (False, False)
        assert await holidays.forget(tx, 2027) == 7
        assert not (await holidays.known(tx)).knows(2027)


async def test_the_calendar_sees_a_new_table_after_some_minutes_and_asks_no_more_often(
    database: Database,
) -> None:
    calendar = holidays.Calendar()
    async with database.writing() as tx:
        early = await calendar.known(tx, NOW)
        await holidays.bring(tx, 2027, SPRING)
        assert await calendar.known(tx, NOW + timedelta(minutes=4)) is early
        assert (await calendar.known(tx, NOW + timedelta(minutes=6))).knows(2027)
        again = await calendar.known(tx, NOW - timedelta(days=1))
        assert again.knows(2027), "a clock that was set back is no reason to wait for it"
