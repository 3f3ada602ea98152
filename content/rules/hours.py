"""When a letter that nobody waits for may come: by the clock of the one who gets it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from content.rules.wall_time import moment_of, wall_time

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
# The hours of two clocks meet after a night and a holiday, or they never do.
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Hours:
    """`begin` to `end`, that minute included: what is planned for half past eight goes out then.

    On a holiday people sleep late and have guests: from `on_holidays` on.
    """

    begin: time = time(8)
    end: time = time(20, 30)
    on_holidays: time = time(12)

    def __post_init__(self) -> None:
        if self.begin > self.end:
            raise ValueError("the hours end before they begin")


HOURS = Hours()


def by_day(local: datetime, hours: Hours = HOURS) -> bool:
    """Whether that time on the wall wakes nobody on a working day: `local` is by their own clock."""
    return hours.begin <= local.time().replace(second=0, microsecond=0) <= hours.end


def next_allowed(
    moment: datetime, zones: Sequence[tzinfo], hours: Hours = HOURS, holidays: Container[date] = ()
) -> datetime:
    """The moment itself where it is allowed, else the next that is.

    With several `zones` (see zones.py) each clock has to allow it. Where their hours never meet it is
    a moment that one of them allows: a letter that never comes is worse than one at nine in the evening.
    """
    for _ in range(_STEPS):
        opening = max(_opening(moment, zone, hours, holidays) for zone in zones)
        if opening == moment:
            break
        moment = opening
    return moment


def _opening(moment: datetime, zone: tzinfo, hours: Hours, holidays: Container[date]) -> datetime:
    """The same by one clock."""
    day = wall_time(moment, zone).date()
    while True:
        begin = max(hours.begin, hours.on_holidays) if day in holidays else hours.begin
        if begin <= hours.end and moment < moment_of(datetime.combine(day, hours.end), zone) + _MINUTE:
            return max(moment, moment_of(datetime.combine(day, begin), zone))
        day += _DAY
