"""A moment as the bar of the page shows it: date, weekday, time, and the day of the lunar year."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_date
from lunar_python import Lunar, Solar


def moment(local: datetime) -> dict[str, Any]:
    """A local time in words: {time, zh: {day, short, lunar}, en: the same}."""
    lunar = Solar.fromYmd(local.year, local.month, local.day).getLunar()
    return {
        "time": f"{local:%H:%M}",
        "zh": {
            "day": format_date(local, "y年M月d日 EEEE", locale="zh"),
            "short": format_date(local, "M月d日 EEE", locale="zh"),
            "lunar": _lunar_zh(lunar),
        },
        "en": {
            "day": format_date(local, "EEEE, d MMMM y", locale="en_GB"),
            "short": format_date(local, "EEE d MMM", locale="en_GB"),
            "lunar": _lunar_en(lunar),
        },
    }


def _lunar_zh(lunar: Lunar) -> str:
    day = f"农历{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"
    named = [*lunar.getFestivals(), *filter(None, [lunar.getJieQi()])]
    return " · ".join([day, *dict.fromkeys(named)])


def _lunar_en(lunar: Lunar) -> str:
    month = lunar.getMonth()
    leap = "leap " if month < 0 else ""
    return f"Lunar calendar: {leap}month {abs(month)}, day {lunar.getDay()}"
