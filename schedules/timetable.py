"""The timetable, on one page: what happens unasked, when, and what is done about what was missed.

Weekdays are written by name: a number means another day to the scheduler than to cron.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schedules import fold_tallies, hand_up_help, remind_members, report_silence, send_lessons, weekly_round
from storage import lessons
from storage.database import Transaction

# A job runs in one transaction with the row that says that it ran.
Work = Callable[[Transaction, datetime], Awaitable[int]]
Planned = Callable[[Transaction, datetime], Awaitable[datetime | None]]
Missed = Literal["run once, late", "let go"]


@dataclass(frozen=True, slots=True)
class Job:
    """`at` is the time of day, by the fields of a cron trigger; empty means at every tick.

    `planned` says when work that was planned for a moment of its own comes next, where there is any.

    `by_page`: the work is done page by page until none is left, a transaction each, so that nobody who
    writes to us waits for all of it. What was done of it counts also where the rest fails: the slot is
    not noted then, and the work goes on at the next tick.

    A slot that passed while the program was down is `missed`: the work is done once for all of them, by
    day, or let go.
    """

    name: str
    at: Mapping[str, str]
    missed: Missed
    work: Work
    planned: Planned | None = None
    by_page: bool = False


TIMETABLE = (
    Job("send_lessons", {}, "run once, late", send_lessons.send_lessons, lessons.next_planned),
    Job("hand_up_help", {}, "run once, late", hand_up_help.hand_up_help),
    Job(
        "remind_members",
        {"hour": "9", "minute": "0"},
        "run once, late",
        remind_members.remind_members,
        by_page=True,
    ),
    Job("report_silence", {"hour": "9", "minute": "30"}, "run once, late", report_silence.report_silence),
    Job(
        "weekly_round",
        {"day_of_week": "mon", "hour": "8", "minute": "30"},
        "run once, late",
        weekly_round.weekly_round,
    ),
    Job("fold_tallies", {"hour": "9", "minute": "30"}, "run once, late", fold_tallies.fold_tallies),
)
