"""Which moment a time on the wall was, where clocks are put forward and back."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from content.rules.wall_time import moment_of, wall_time

LONDON, NEW_YORK = "Europe/London", "America/New_York"


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Asia/Shanghai", "2026-11-02T09:00", "2026-11-02T01:00"),
        ("Asia/Urumqi", "2026-11-02T09:00", "2026-11-02T03:00"),
        # Shown twice: the first time counts.
        (LONDON, "2026-10-25T01:30", "2026-10-25T00:30"),
        (LONDON, "2026-10-25T02:00", "2026-10-25T02:00"),
        (NEW_YORK, "2026-11-01T01:30", "2026-11-01T05:30"),
        # Never shown: when the clocks go on.
        (LONDON, "2026-03-29T01:30", "2026-03-29T01:00"),
        (LONDON, "2026-03-29T02:00", "2026-03-29T01:00"),
        (NEW_YORK, "2027-03-14T02:00", "2027-03-14T07:00"),
        (NEW_YORK, "2027-03-14T02:59", "2027-03-14T07:00"),
    ],
)
def test_a_time_on_the_wall_is_one_moment(zone: str, wall: str, moment: str) -> None:
    then = moment_of(datetime.fromisoformat(wall), ZoneInfo(zone))
    assert then == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_the_second_showing_of_an_hour_is_the_same_time_on_the_wall() -> None:
    """Also with the mark that Python puts on a second showing."""
    zone, second = ZoneInfo(LONDON), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert wall_time(second, zone) == datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001 - no zone is the point
    assert moment_of(wall_time(second, zone), zone) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
