"""When a contact is due, late, and when somebody counts as silent. (S9; six months is the rule's limit.)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

Standing = Literal["fresh", "due", "late", "silent"]

PERIOD_DAYS = 30
GRACE_DAYS = 7
DUE_DAYS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a unit hears from its members: every `period` days, with `grace` days of patience."""

    period: int = PERIOD_DAYS
    grace: int = GRACE_DAYS
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The moments that a contact sets: due from, late after, silent after."""

    due_from: datetime
    late_after: datetime
    silent_after: datetime

    def standing(self, now: datetime) -> Standing:
        if now >= self.silent_after:
            return "silent"
        if now >= self.late_after:
            return "late"
        return "due" if now >= self.due_from else "fresh"


def deadlines(last_contact: datetime, rhythm: Rhythm, quiet_until: date | None = None) -> Deadlines:
    """The deadlines after a contact, each at the end of a local day.

    `quiet_until` is the last day on which somebody said they would be out of reach. Their word is due
    on the day after it at the earliest, and not before: a planned absence is not silence.
    """
    return _after(_local_day(last_contact, rhythm), rhythm, quiet_until)


def due_day(last_contact: datetime, rhythm: Rhythm, quiet_until: date | None = None) -> date:
    """The last day on which the next word is in time: what the member is told."""
    return _due_day(_local_day(last_contact, rhythm), rhythm, quiet_until)


def is_away(quiet_until: date | None, now: datetime, timezone: str) -> bool:
    """Whether a planned absence is still going on; its last day is part of it."""
    return quiet_until is not None and now.astimezone(ZoneInfo(timezone)).date() <= quiet_until


def days_since(then: datetime, now: datetime, timezone: str) -> int:
    """Local days between two moments: yesterday evening is one day ago, not none."""
    zone = ZoneInfo(timezone)
    return (now.astimezone(zone).date() - then.astimezone(zone).date()).days


# A branch's members are heard from on the same few days: a morning's thousand check-ins share one answer.
@lru_cache(maxsize=1024)
def _after(heard: date, rhythm: Rhythm, quiet_until: date | None) -> Deadlines:
    zone = ZoneInfo(rhythm.timezone)
    due = heard + timedelta(days=rhythm.period - min(DUE_DAYS_BEFORE, rhythm.period) - 1)
    late = _due_day(heard, rhythm, quiet_until)
    return Deadlines(
        due_from=_end_of(max(due, quiet_until) if quiet_until else due, zone),
        late_after=_end_of(late, zone),
        silent_after=_end_of(late + timedelta(days=rhythm.grace), zone),
    )


def _due_day(heard: date, rhythm: Rhythm, quiet_until: date | None) -> date:
    late = heard + timedelta(days=rhythm.period)
    return max(late, quiet_until + timedelta(days=1)) if quiet_until else late


def _local_day(moment: datetime, rhythm: Rhythm) -> date:
    return moment.astimezone(ZoneInfo(rhythm.timezone)).date()


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)
