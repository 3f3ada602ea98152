"""Days of the farmers' calendar: 正月初八, 腊月二十八, 除夕, 清明; worked out by lunar_python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from re import Match

from lunar_python import Lunar, LunarMonth, Solar

from content.rules.dates.numerals import number
from content.rules.dates.reach import Moment, Saying, feast_day, soonest

_MONTHS = {"正": 1, "冬": 11, "腊": 12, "元": 1}
_FEASTS = {
    "春节": (1, 1), "大年初一": (1, 1), "过年": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7),
    "中秋": (8, 15), "重阳": (9, 9), "腊八": (12, 8), "小年": (12, 23),
}  # fmt: skip
_EVES = ("大年三十", "年三十", "除夕", "大年夜")
_TERMS = ("清明", "冬至", "立春", "立夏", "夏至", "立秋", "立冬")
_LAST = 30


def _month_day(match: Match[str], moment: Moment) -> date | None:
    month = _MONTHS.get(match["m"]) or number(match["m"]) or 0
    return _coming(month, number(match["d"].removeprefix("初")) or 0, moment)


def _new_year_day(match: Match[str], moment: Moment) -> date | None:
    return _coming(1, number(match["d"]) or 0, moment)


def _near_new_year(match: Match[str], moment: Moment) -> date | None:
    """初八 alone means the first month only while people think of the new year."""
    today = Solar.fromYmd(moment.as_of.year, moment.as_of.month, moment.as_of.day).getLunar()
    return _new_year_day(match, moment) if abs(today.getMonth()) in (11, 12, 1) else None


def _feast(match: Match[str], moment: Moment) -> date | None:
    return feast_day(_yearly(*_FEASTS[match["feast"]], moment.as_of.year), moment)


def _eve(match: Match[str], moment: Moment) -> date | None:
    return feast_day(_yearly(12, _LAST, moment.as_of.year), moment)


def _term(match: Match[str], moment: Moment) -> date | None:
    years = (moment.as_of.year - 1, moment.as_of.year, moment.as_of.year + 1)
    return feast_day((_term_day(year, match["term"]) for year in years), moment)


def _coming(month: int, day: int, moment: Moment) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= _LAST):
        return None
    return soonest(_yearly(month, day, moment.as_of.year), moment)


def _yearly(month: int, day: int, year: int) -> Iterator[date | None]:
    return (_solar(y, month, day) for y in (year - 1, year, year + 1))


@cache
def _solar(year: int, month: int, day: int) -> date | None:
    """The day in our calendar; the 30th of a month of 29 days is its last."""
    days = LunarMonth.fromYm(year, month).getDayCount()
    solar = Lunar.fromYmd(year, month, min(day, days)).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


@cache
def _term_day(year: int, term: str) -> date:
    solar = Lunar.fromYmd(year, 6, 1).getJieQiTable()[term]
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


_DAY = r"初[一二三四五六七八九十\d]|[一二三廿卅]?十?[一二三四五六七八九十]|\d{1,2}"
LUNAR = (
    Saying(re.compile(rf"(?:农历|阴历|旧历)?的?(?P<m>[正冬腊])月的?(?P<d>{_DAY})[号日]?"), _month_day),
    Saying(
        re.compile(
            rf"(?:农历|阴历|旧历)的?(?P<m>十?[一二三四五六七八九十]|\d{{1,2}})月的?(?P<d>{_DAY})[号日]?"
        ),
        _month_day,
    ),
    Saying(re.compile(r"(?P<m>十?[一二三四五六七八九十])月(?P<d>初[一二三四五六七八九十])"), _month_day),
    Saying(re.compile(r"大?年初(?P<d>[一二三四五六七八九十]|\d{1,2})"), _new_year_day),
    Saying(re.compile(r"(?<![月年])初(?P<d>[一二三四五六七八九十])(?![一-鿿]?中学?)"), _near_new_year),
    Saying(re.compile("|".join(_EVES)), _eve),
    Saying(re.compile(rf"(?P<feast>{'|'.join(_FEASTS)})"), _feast),
    Saying(re.compile(rf"(?P<term>{'|'.join(_TERMS)})(?!路|街|上河)"), _term),
)
