"""Nobody is woken, by whatever clock they live, and nobody is kept waiting for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rules.hours import HOURS, Hours, by_day, next_allowed
from content.rules.places import ABROAD
from content.rules.places import ordinary as place_words
from content.rules.places.clocks_abroad import _CLOCKS, ANYWHERE, clocks_of
from content.rules.zones import zones_of

BEIJING = ZoneInfo("Asia/Shanghai")
NATIONAL_DAY = frozenset(date(2026, 10, day) for day in range(1, 8))


def at(written: str, zone: ZoneInfo = BEIJING) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-03T09:15", "2026-11-03T09:15"),
        ("2026-11-03T07:59", "2026-11-03T08:00"),
        ("2026-11-03T20:30", "2026-11-03T20:30"),
        ("2026-11-03T20:30:59", "2026-11-03T20:30:59"),
        ("2026-11-03T20:31", "2026-11-04T08:00"),
        ("2026-11-03T23:59", "2026-11-04T08:00"),
        ("2026-11-04T00:00", "2026-11-04T08:00"),
        # The evening before a holiday, its morning, its afternoon, and the morning after all of them.
        ("2026-09-30T21:00", "2026-10-01T12:00"),
        ("2026-10-01T09:00", "2026-10-01T12:00"),
        ("2026-10-01T12:00", "2026-10-01T12:00"),
        ("2026-10-07T20:29", "2026-10-07T20:29"),
        ("2026-10-07T20:31", "2026-10-08T08:00"),
    ],
)
def test_a_letter_comes_by_day_and_not_on_the_morning_of_a_holiday(moment: str, allowed: str) -> None:
    assert next_allowed(at(moment), [BEIJING], HOURS, NATIONAL_DAY) == at(allowed)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        ("2026-11-03T08:00", "2026-11-03T10:00"),
        ("2026-11-03T10:00", "2026-11-03T10:00"),
        ("2026-11-03T20:30", "2026-11-03T20:30"),
        ("2026-11-03T21:00", "2026-11-04T10:00"),
        ("2026-10-01T11:00", "2026-10-01T14:00"),
    ],
)
def test_in_xinjiang_both_clocks_have_to_allow_it(moment: str, allowed: str) -> None:
    zones = zones_of("650102", "", "Asia/Shanghai")
    assert next_allowed(at(moment), zones, HOURS, NATIONAL_DAY) == at(allowed)


@pytest.mark.parametrize(
    ("code", "address", "names"),
    [
        ("310115", "", ["Asia/Shanghai"]),
        ("540102", "", ["Asia/Shanghai"]),
        ("659001", "", ["Asia/Shanghai", "Asia/Urumqi"]),
        ("", "", ["Asia/Urumqi"]),
        (ABROAD, "新加坡裕廊东", ["Asia/Singapore"]),
        (ABROAD, "印度尼西亚", ["Asia/Jakarta", "Asia/Jayapura"]),
        (ABROAD, "印度", ["Asia/Kolkata"]),
        (ABROAD, "美国", ["America/New_York", "America/Los_Angeles"]),
        (ABROAD, "国外", ["Asia/Urumqi"]),
        (ABROAD, "", ["Asia/Urumqi"]),
    ],
)
def test_by_which_clock_somebody_lives(code: str, address: str, names: list[str]) -> None:
    assert [zone.key for zone in zones_of(code, address, "Asia/Urumqi")] == names


def test_each_country_that_is_understood_has_its_clock() -> None:
    assert [name for name in place_words.ABROAD if not clocks_of(name) and name not in ANYWHERE] == []
    assert {zone for zones in _CLOCKS for zone in zones.split()} <= available_timezones()


def test_in_a_land_of_many_clocks_it_is_day_at_both_ends() -> None:
    east, west = zones = zones_of(ABROAD, "美国", "Asia/Shanghai")
    allowed = next_allowed(at("2026-11-03T09:00", east), zones)
    assert (allowed, allowed.astimezone(west).hour) == (at("2026-11-03T11:00", east), 8)


def test_where_hours_never_meet_a_letter_comes_all_the_same() -> None:
    zones = zones_of("650102", "", "Asia/Shanghai")
    short = Hours(time(8), time(9, 0))
    moment = at("2026-11-03T07:00")
    allowed = next_allowed(moment, zones, short)
    assert moment < allowed < moment + timedelta(days=5)
    assert any(8 <= allowed.astimezone(zone).hour <= 9 for zone in zones)


def test_hours_that_leave_no_afternoon_wait_for_the_holidays_to_end() -> None:
    mornings = Hours(time(8), time(11))
    assert next_allowed(at("2026-10-01T09:00"), [BEIJING], mornings, NATIONAL_DAY) == at("2026-10-08T08:00")
    with pytest.raises(ValueError, match="before they begin"):
        Hours(time(20), time(8))


ANY_ZONE = st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "Europe/London", "America/New_York"]).map(
    ZoneInfo
)
ANY_MOMENT = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(ANY_MOMENT, ANY_ZONE)
def test_it_is_never_night_nor_a_holiday_s_morning_and_never_long(moment: datetime, zone: ZoneInfo) -> None:
    allowed = next_allowed(moment, [zone], HOURS, NATIONAL_DAY)
    local = allowed.astimezone(zone)
    assert timedelta(0) <= allowed - moment < timedelta(hours=16, minutes=30)
    assert HOURS.begin <= local.time() < time(20, 31)
    assert local.date() not in NATIONAL_DAY or local.time() >= HOURS.on_holidays
    assert next_allowed(allowed, [zone], HOURS, NATIONAL_DAY) == allowed


@pytest.mark.parametrize(
    ("clock", "may_write"),
    [("07:59", False), ("08:00", True), ("12:00", True), ("20:30", True), ("20:31", False), ("03:00", False)],
)
def test_nobody_is_woken_by_a_letter_they_did_not_ask_for(clock: str, may_write: bool) -> None:
    local = datetime.fromisoformat(f"2026-11-03T{clock}").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert by_day(local) is may_write
