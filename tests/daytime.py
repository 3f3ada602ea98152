"""Real processes live by the clock on the wall: whom they write to lives where it is noon, whenever it is."""

from __future__ import annotations

from datetime import UTC, datetime


def where_it_is_noon() -> str:
    """The name of a zone; the signs of these are turned about (tz database, `etcetera`)."""
    hours_east = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-hours_east:+d}"
