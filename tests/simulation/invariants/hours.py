"""Nobody is written to at night, or on the morning of a holiday, who did not ask: by their own clock."""

from __future__ import annotations

import sqlite3
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from content.rules.holidays import days_off
from tests.simulation.invariants.invariant import Found, Invariant, Leaving

_BEGINS, _ON_HOLIDAYS, _ENDS = time(8), time(12), time(20, 31)
# To their own word, in danger, against a thief, and what makes no sound.
_AT_ANY_HOUR = ("", "reply", "urgent", "security", "edit")
# What was taken up in the last minute of the day may be some minutes on its way.
_ON_ITS_WAY = timedelta(minutes=3)


class QuietHours(Invariant):
    """What nobody waits for comes by day, but a campaign whose sender meant the night."""

    name = "quiet hours"

    def letter_leaves(self, leaving: Leaving) -> Found:
        row = leaving.row
        if row is None or leaving.kind in _AT_ANY_HOUR or row["at_any_hour"] or _is_tried(row):
            return
        if not self.world.service.clock_was_right_for(_ON_ITS_WAY):
            return
        zones = [ZoneInfo(name) for name in row["zone"].split()] or [self.world.zone]
        if asleep := [zone for zone in zones if not _is_day(leaving.at, zone)]:
            yield _said(leaving, asleep[0], self.world.book.whose(leaving.to))


class AtNight(Invariant):
    """All else that comes at night and has no clock of its reader's: nothing should."""

    name = "at night"

    def letter_leaves(self, leaving: Leaving) -> Found:
        if leaving.kind in _AT_ANY_HOUR or (leaving.row and leaving.row["zone"]):
            return
        if not _BEGINS <= leaving.at.astimezone(self.world.zone).time() < _ENDS:
            yield _said(leaving, self.world.zone, self.world.book.whose(leaving.to))


def _is_tried(row: sqlite3.Row) -> bool:
    """By its own sender, on themselves: they asked for it. On others it is tried by day."""
    return bool(row["cause"].startswith("trial:") and not row["zone"])


def _is_day(at: datetime, zone: ZoneInfo) -> bool:
    """By plain arithmetic, and not by what the program asks itself."""
    earlier = (at - _ON_ITS_WAY).astimezone(zone).time()
    local = at.astimezone(zone)
    begins = _ON_HOLIDAYS if local.date() in days_off(local.year) else _BEGINS
    return local.time() >= begins and earlier < _ENDS


def _said(leaving: Leaving, zone: ZoneInfo, whose: str) -> str:
    return f"{leaving.kind} at {leaving.at.astimezone(zone):%H:%M} to {whose}: {leaving.text[:30]}"
