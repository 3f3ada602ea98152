"""Days as somebody writes them who plans ahead: 11/5, 5日, 后晚, Dec 1, tomorrow. Read of plans alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from re import Match

from content.rules.dates.numerals import NUMERAL, number
from content.rules.dates.reach import Moment, Saying, day_of, months_later, soonest

_ENGLISH = {"today": 0, "tonight": 0, "tomorrow": 1, "day after tomorrow": 2}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"


def _month_day(match: Match[str], moment: Moment) -> date | None:
    told = match.groupdict()
    month = _MONTHS.index(told["month"]) + 1 if told.get("month") else int(told["m"])
    return soonest((day_of(moment.as_of.year + n, month, int(told["d"])) for n in (0, 1)), moment)


def _day_of_month(match: Match[str], moment: Moment) -> date | None:
    day = number(match["d"]) or 0
    here = day_of(moment.as_of.year, moment.as_of.month, day)
    if here and here >= moment.as_of:
        return here
    following = months_later(moment.as_of.replace(day=1), 1)
    return day_of(following.year, following.month, day)


def _far(match: Match[str], moment: Moment) -> date:
    return moment.as_of + timedelta(days=3 if match["far"] == "大后" else 2)


def _near(match: Match[str], moment: Moment) -> date:
    return moment.as_of + timedelta(days=_ENGLISH[match["near"]])


def _week_day(match: Match[str], moment: Moment) -> date:
    ahead = (_WEEKDAYS.index(match["day"]) - moment.as_of.weekday()) % 7
    return moment.as_of + timedelta(days=ahead or (7 if match["next"] else 0))


PLANNED = (
    Saying(re.compile(r"(?<![\d./:-])(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})(?![\d./:-]|\s*[点时])"), _month_day),
    Saying(re.compile(rf"(?<![\d月零一二三四五六七八九十])(?P<d>{NUMERAL})日(?![内间前后])"), _day_of_month),
    Saying(re.compile(r"(?<![以之然往最前今])(?P<far>大?后)[晚早]"), _far),
    Saying(re.compile(r"\b(?:the )?(?P<near>day after tomorrow|tomorrow|today|tonight)\b"), _near),
    Saying(re.compile(rf"\b(?P<next>next )?(?P<day>{'|'.join(_WEEKDAYS)})(?:[a-z]*day)?\b"), _week_day),
    Saying(re.compile(rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"), _month_day),
    Saying(re.compile(rf"(?<![\d:])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}(?![a-z])"), _month_day),
)
