"""The date as a calendar on the wall has it."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.sandbox.page.almanac import moment


@pytest.mark.parametrize(
    ("local", "day", "lunar"),
    [
        ("2026-02-17", "2026年2月17日 星期二", "农历正月初一 · 春节"),
        ("2026-04-05", "2026年4月5日 星期日", "农历二月十八 · 清明"),
        ("2025-08-01", "2025年8月1日 星期五", "农历闰六月初八"),
        ("2026-09-25", "2026年9月25日 星期五", "农历八月十五 · 中秋节"),
    ],
)
def test_a_day_has_its_weekday_and_its_lunar_name(local: str, day: str, lunar: str) -> None:
    said = moment(datetime.fromisoformat(f"{local}T09:05:00"))
    assert (said["time"], said["zh"]["day"], said["zh"]["lunar"]) == ("09:05", day, lunar)


def test_a_leap_month_is_said_in_english_too() -> None:
    said = moment(datetime.fromisoformat("2025-08-01T09:00:00"))
    assert said["en"]["day"] == "Friday, 1 August 2025"
    assert said["en"]["lunar"] == "Lunar calendar: leap month 6, day 8"
