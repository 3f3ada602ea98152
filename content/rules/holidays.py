"""The official holidays: days off, and the working days that are exchanged for them.

The State Council's General Office makes the table of a year known in the autumn before it, in late October or
in November. Until it is here the days that the law itself names are holidays all the same.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from lunar_python import Lunar
from lunar_python.util import HolidayUtil

MADE_KNOWN_FROM = 11
"""The month from which next year's table is looked out for."""

Kind = Literal["off", "working"]


class Holiday(NamedTuple):
    """A day off, or a weekend's day on which people work instead; `name` is the holiday's, in Chinese."""

    day: date
    name: str
    kind: Kind = "off"


@cache
def built_in(year: int) -> tuple[Holiday, ...]:
    """The table of a year as the library knows it; none where it does not."""
    return tuple(
        Holiday(date.fromisoformat(one.getDay()), one.getName(), "working" if one.isWork() else "off")
        for one in HolidayUtil.getHolidays(year)
    )


@cache
def by_law(year: int) -> Mapping[date, str]:
    """The thirteen days of the law of 2025, by the calendar alone: no exchange of days is among them."""
    spring, day = _lunar(year, 1, 1), timedelta(days=1)
    days = [(date(year, 1, 1), "元旦"), (_clear_and_bright(year), "清明节")]
    days += [(spring + n * day, "春节") for n in (-1, 0, 1, 2)]
    days += [(date(year, 5, n), "劳动节") for n in (1, 2)]
    days += [(_lunar(year, 5, 5), "端午节"), (_lunar(year, 8, 15), "中秋节")]
    days += [(date(year, 10, n), "国庆节") for n in (1, 2, 3)]
    return dict(sorted(days))


def lacking(year: int, off: Container[date]) -> tuple[str, ...]:
    """Of the seven holidays of the law those of which no day is among these: the table is a piece of one."""
    law = by_law(year)
    names = dict.fromkeys(law.values())
    return tuple(name for name in names if not any(law[day] == name and day in off for day in law))


@cache
def days_off(year: int) -> frozenset[date]:
    """As far as the program knows by itself."""
    return frozenset(by_law(year)) | {one.day for one in built_in(year) if one.kind == "off"}


def _lunar(year: int, month: int, day: int) -> date:
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _clear_and_bright(year: int) -> date:
    solar = Lunar.fromYmd(year, 6, 1).getJieQiTable()["清明"]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())
