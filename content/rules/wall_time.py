"""What the clock on the wall of a place shows, and which moment that was.

Where clocks are put back, an hour is shown twice; where they are put forward, one is never shown.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

_MINUTE = timedelta(minutes=1)


def wall_time(moment: datetime, zone: tzinfo) -> datetime:
    """Without a zone: what is written on the wall, and no moment."""
    return moment.astimezone(zone).replace(tzinfo=None)


def moment_of(wall: datetime, zone: tzinfo) -> datetime:
    """In UTC: the first time that it is shown; of a time that is never shown, when the clocks go on.

    A later wall time is never an earlier moment, so what was planned for a day comes in its order.
    """
    while wall_time(moment := wall.replace(tzinfo=zone, fold=0).astimezone(UTC), zone) != wall:
        wall += _MINUTE
    return moment
