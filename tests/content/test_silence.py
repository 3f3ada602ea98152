"""Fresh, due, late, silent: the days on which one becomes the other."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from content.rules.silence import Rhythm, Standing, days_since, deadlines, due_day

MONTHLY = Rhythm()
WEEKLY = Rhythm(period=7, grace=2)
DAILY = Rhythm(period=1, grace=0)
URUMQI = Rhythm(timezone="Asia/Urumqi")


def at(written: str, timezone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(timezone))


# Heard at, by whose rhythm, and at which moment the standing is what it is.
BOUNDARIES: list[tuple[str, Rhythm, str, Standing]] = [
    ("2026-11-02T10:00", MONTHLY, "2026-11-02T10:00", "fresh"),
    ("2026-11-02T10:00", MONTHLY, "2026-11-28T23:59", "fresh"),
    ("2026-11-02T10:00", MONTHLY, "2026-11-29T00:00", "due"),
    ("2026-11-02T10:00", MONTHLY, "2026-12-02T23:59", "due"),
    ("2026-11-02T10:00", MONTHLY, "2026-12-03T00:00", "late"),
    ("2026-11-02T10:00", MONTHLY, "2026-12-09T23:59", "late"),
    ("2026-11-02T10:00", MONTHLY, "2026-12-10T00:00", "silent"),
    # A word a minute before midnight and one a minute after it are a day apart.
    ("2026-11-01T23:59", MONTHLY, "2026-12-02T00:00", "late"),
    ("2026-11-02T00:00", MONTHLY, "2026-12-02T00:00", "due"),
    ("2026-11-02T10:00", WEEKLY, "2026-11-06T00:00", "due"),
    ("2026-11-02T10:00", WEEKLY, "2026-11-10T00:00", "late"),
    ("2026-11-02T10:00", WEEKLY, "2026-11-11T23:59", "late"),
    ("2026-11-02T10:00", WEEKLY, "2026-11-12T00:00", "silent"),
    ("2026-11-02T10:00", DAILY, "2026-11-02T10:00", "due"),
    ("2026-11-02T10:00", DAILY, "2026-11-04T00:00", "silent"),
    ("2026-02-01T10:00", MONTHLY, "2026-03-03T23:59", "due"),
    ("2024-02-01T10:00", MONTHLY, "2024-03-03T00:00", "late"),
]


@pytest.mark.parametrize(("heard", "rhythm", "now", "standing"), BOUNDARIES)
def test_standing_changes_at_midnight_of_the_day(
    heard: str, rhythm: Rhythm, now: str, standing: Standing
) -> None:
    assert deadlines(at(heard), rhythm).standing(at(now)) == standing


def test_midnight_is_that_of_the_units_own_zone() -> None:
    dates = deadlines(at("2026-11-02T10:00"), URUMQI)
    assert dates.standing(at("2026-12-09T23:59", "Asia/Urumqi")) == "late"
    assert dates.standing(at("2026-12-10T00:00", "Asia/Urumqi")) == "silent"
    assert dates.standing(at("2026-12-10T00:00")) == "late"


def test_days_are_counted_by_midnights() -> None:
    late_evening = at("2026-11-02T23:59")
    assert days_since(late_evening, at("2026-11-03T00:01"), "Asia/Shanghai") == 1
    assert days_since(late_evening, at("2026-11-03T00:01"), "Europe/London") == 0


def test_the_day_that_a_member_is_told_is_the_last_one_in_time() -> None:
    assert due_day(at("2026-11-02T10:00"), MONTHLY) == date(2026, 12, 2)
    assert due_day(at("2026-11-02T10:00"), URUMQI) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("2027-02-20T12:00", "fresh"),
        ("2027-03-01T23:59", "fresh"),
        ("2027-03-02T23:59", "due"),
        ("2027-03-03T00:00", "late"),
        ("2027-03-09T23:59", "late"),
        ("2027-03-10T00:00", "silent"),
    ],
)
def test_who_said_they_would_be_at_sea_is_waited_for_from_that_day_on(now: str, standing: Standing) -> None:
    dates = deadlines(at("2026-11-02T10:00"), MONTHLY, quiet_until=date(2027, 3, 1))
    assert dates.standing(at(now)) == standing


def test_the_day_after_the_last_day_away_is_the_one_that_is_named() -> None:
    assert due_day(at("2026-11-02T10:00"), MONTHLY, date(2027, 3, 1)) == date(2027, 3, 2)


def test_a_short_absence_takes_nothing_from_the_usual_period() -> None:
    heard = at("2026-11-02T10:00")
    assert deadlines(heard, MONTHLY, quiet_until=date(2026, 11, 10)) == deadlines(heard, MONTHLY)
