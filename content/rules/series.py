"""Lessons in their order, each person from their own start: when the next one is due. (S5, S19)"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from content.rules.wall_time import moment_of, wall_time

_DAY = timedelta(days=1)


def first_hour(now: datetime, hour: time, zone: tzinfo) -> datetime:
    """The next time that the hour comes where they live."""
    today = wall_time(now, zone).date()
    moment = moment_of(datetime.combine(today, hour), zone)
    return moment if moment >= now else moment_of(datetime.combine(today + _DAY, hour), zone)


def after_days(now: datetime, days: int, hour: time, zone: tzinfo) -> datetime:
    """At the hour, so many days on where they live."""
    day = wall_time(now, zone).date() + days * _DAY
    return moment_of(datetime.combine(day, hour), zone)


def days_to_next(had: int, began: date, today: date, every: int, catch_up: int) -> int:
    """After so many lessons. Whoever has fewer than those who were there from the first day catches up.

    `began` is the day of the series' first lesson.
    """
    expected = max(0, (today - began).days) // every + 1
    return min(catch_up, every) if had < expected else every
