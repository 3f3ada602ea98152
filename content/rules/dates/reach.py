"""Which year is meant where none was said."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match, Pattern

_LOOK_BACK = timedelta(days=45)  # "11月3号来的" said three weeks later is this year's


@dataclass(frozen=True, slots=True)
class Moment:
    """`as_of` is today; `ends` asks for the last day of a month or week rather than its first.

    `past` is set where the sentence tells what has happened: 3月5日来的.
    """

    as_of: date
    ends: bool = False
    past: bool = False

    @property
    def earliest(self) -> date:
        return self.as_of if self.ends else self.as_of - _LOOK_BACK


@dataclass(frozen=True, slots=True)
class Saying:
    """One way to say a day, and what it comes to."""

    pattern: Pattern[str]
    day: Callable[[Match[str], Moment], date | None]


def soonest(days: Iterable[date | None], moment: Moment) -> date | None:
    """The first day not too long gone; of what is past, the last."""
    if moment.past:
        return max((day for day in days if day and day <= moment.as_of), default=None)
    return min((day for day in days if day and day >= moment.earliest), default=None)


def feast_day(days: Iterable[date | None], moment: Moment) -> date | None:
    """The feast to come: 国庆 in November is next year's."""
    if moment.past:
        return soonest(days, moment)
    return min((day for day in days if day and day >= moment.as_of), default=None)


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_edge(year: int, month: int, ends: bool) -> date | None:
    """The first or the last day of a month."""
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    return date(year, month, calendar.monthrange(year, month)[1] if ends else 1)


def months_later(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(start.day, last))
