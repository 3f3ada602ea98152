"""The timetable, on one page: what happens unasked, when, and what is done about what was missed.

Weekdays are written by name: a number means another day to the scheduler than to cron.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

from content.rules.account import Price
from content.words.catalogue import N_
from schedules import (
    ask_time_again,
    climb_ladder,
    fold_tallies,
    follow_tasks,
    hand_up_help,
    next_of_series,
    remind_members,
    report_silence,
    run_campaigns,
    say_hindered,
    show_progress,
    tell_account,
    tend_tasks,
    weekly_round,
)
from storage import campaigns, due_work, series_members
from storage.database import Transaction
from storage.due_work import Question

# A job runs in one transaction with the row that says that it ran.
Work = Callable[[Transaction, datetime], Awaitable[int]]
Planned = Callable[[Transaction, datetime], Awaitable[datetime | None]]
Missed = Literal["run each, late", "run once, late", "let go"]

_DAY = "mon|tue|wed|thu|fri|sat|sun"
_WEEKDAYS = re.compile(rf"(?:{_DAY})(?:[-,](?:{_DAY}))*")


class WeekdayNotByName(ValueError):
    """1 means Tuesday to the scheduler and Monday to cron: write mon, tue, wed, thu, fri, sat or sun."""


@dataclass(frozen=True, slots=True)
class Job:
    """`at` is the time of day, by the fields of a cron trigger; empty means at every tick.

    `planned` says when work that was planned for a moment of its own comes next, where there is any.

    `asks` is what a tick asks of the database first: where the answer is no, there is no work.

    `by_page`: the work is done page by page until none is left, a transaction each, so that nobody who
    writes to us waits for all of it. What was done of it counts also where the rest fails: the slot is
    not noted then, and the work goes on at the next tick.

    A slot that passed while the program was down is `missed`. "run once, late": the work is done once for
    all of them. "run each, late": for each by itself, in their order, and its work is given the slot's own
    moment as the time, so that the report of the 1st is that of the 1st. Both by day. "let go": not at all,
    and whoever looks after the program is told.

    A slot is a time on the wall and struck once a local day, also where an hour comes twice or never. So
    what is to be done every so many minutes belongs to every tick.

    `called` is what the job is to people, in Chinese.
    """

    name: str
    at: Mapping[str, str]
    missed: Missed
    work: Work
    planned: Planned | None = None
    by_page: bool = False
    called: str = ""
    asks: Question | None = None

    def __post_init__(self) -> None:
        if not _WEEKDAYS.fullmatch(self.at.get("day_of_week", "mon")):
            raise WeekdayNotByName(f"{self.name}: {self.at['day_of_week']}")


_CLIMB = Job(
    "climb_ladder",
    {},
    "run once, late",
    climb_ladder.climb_ladder,
    by_page=True,
    called=N_("没送到的换一条路"),
    asks=due_work.a_step_is_due,
)

_ACCOUNT = "tell_account"

TIMETABLE = (
    Job(
        "next_of_series",
        {},
        "run once, late",
        next_of_series.next_of_series,
        series_members.next_due,
        by_page=True,
        called=N_("发系列课"),
        asks=due_work.a_series_runs,
    ),
    Job(
        "run_campaigns",
        {},
        "run once, late",
        run_campaigns.run_campaigns,
        campaigns.next_planned,
        by_page=True,
        called=N_("发课发通知"),
        asks=due_work.a_campaign_is_to_go_out,
    ),
    _CLIMB,
    Job(
        "follow_tasks",
        {},
        "run once, late",
        follow_tasks.follow_tasks,
        by_page=True,
        called=N_("转告任务跟着人走"),
        asks=due_work.a_task_follows_its_member,
    ),
    Job(
        "tend_tasks",
        {},
        "run once, late",
        tend_tasks.tend_tasks,
        by_page=True,
        called=N_("分派转告任务"),
        asks=due_work.a_task_is_to_be_tended,
    ),
    Job(
        "ask_time_again",
        {},
        "run once, late",
        ask_time_again.ask_time_again,
        called=N_("请人再定时间"),
        asks=due_work.somebody_waits_for_a_yes,
    ),
    Job(
        "say_hindered",
        {},
        "run once, late",
        say_hindered.say_hindered,
        called=N_("说明为什么发不出"),
        asks=due_work.ours_keeps_letters_back,
    ),
    Job(
        "show_progress",
        {},
        "run once, late",
        show_progress.show_progress,
        called=N_("报告发送进度"),
        asks=due_work.progress_is_watched,
    ),
    Job(
        _ACCOUNT,
        {},
        "run once, late",
        tell_account.telling(Price()),
        by_page=True,
        called=N_("报告发送结果"),
        asks=due_work.an_account_is_due,
    ),
    Job(
        "hand_up_help",
        {},
        "run once, late",
        hand_up_help.hand_up_help,
        called=N_("转交求助"),
        asks=due_work.a_cry_went_unheard,
    ),
    Job(
        "remind_members",
        {"hour": "9", "minute": "0"},
        "run once, late",
        remind_members.remind_members,
        by_page=True,
        called=N_("提醒报平安"),
    ),
    Job(
        "report_silence",
        {"hour": "9", "minute": "30"},
        "run once, late",
        report_silence.report_silence,
        called=N_("报告失联"),
    ),
    Job(
        "weekly_round",
        {"day_of_week": "mon", "hour": "8", "minute": "30"},
        "run once, late",
        weekly_round.weekly_round,
        called=N_("每周联系名单"),
    ),
    Job(
        "fold_tallies",
        {"hour": "9", "minute": "30"},
        "run once, late",
        fold_tallies.fold_tallies,
        called=N_("合并人数"),
    ),
)


def timetable(price: Price, gives_receipts: bool) -> tuple[Job, ...]:
    """The same where a text costs so much, which accounts tell, and where the SMS company says what became
    of a message, or does not.
    """
    works: dict[str, Work] = {
        _ACCOUNT: tell_account.telling(price),
        _CLIMB.name: partial(climb_ladder.climb_ladder, gives_receipts=gives_receipts),
    }
    return tuple(replace(job, work=works.get(job.name, job.work)) for job in TIMETABLE)
