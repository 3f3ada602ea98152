"""Gives the timetable to APScheduler, which only ticks; its only home.

What was done stands in the database, a row for each slot of each job: no restart and no second process
skips or doubles one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.clock import Clock
from content.rules.times import is_daytime
from schedules.timetable import Job
from storage import occurrences
from storage.database import Database

# A restart or a slow tick is no miss.
STILL_ON_TIME = timedelta(minutes=30)

log = structlog.get_logger()


class Clockwork:
    """`wake` is called after work was done: there may be letters to send."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        timetable: Sequence[Job],
        timezone: str,
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._clock = clock
        self._timetable = timetable
        self._zone = ZoneInfo(timezone)
        self._wake = wake
        self._ticker = AsyncIOScheduler()
        self._ticking = asyncio.Lock()
        # Saves a transaction a tick; the truth is in the rows.
        self._idle: dict[str, tuple[datetime, datetime]] = {}

    def start(self, tick: Callable[[], Awaitable[object]], seconds: float = 5) -> None:
        """Tick every so many seconds, never two ticks at once."""
        # A tick that outlasts the pause is no news: the next one finds what it left.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

        async def one_at_a_time() -> None:
            async with self._ticking:
                await tick()

        self._ticker.add_job(one_at_a_time, "interval", seconds=seconds, max_instances=1, coalesce=True)
        self._ticker.start()

    async def stop(self) -> None:
        """After the tick that is under way: cut short, it would be done again at the next start."""
        if self._ticker.running:
            self._ticker.pause()
            async with self._ticking:
                self._ticker.shutdown(wait=False)

    async def tick(self) -> int:
        """Do all that has come due; how much work there was. One job that fails stops no other."""
        done = 0
        for job in self._timetable:
            try:
                done += await self._strike(job)
            except Exception as error:
                log.error("job_failed", job=job.name, exc_info=error)
        if done:
            self._wake()
        return done

    def next_slot(self, after: datetime) -> datetime:
        """The next moment at which any job of the timetable strikes."""
        return min(self._next(job, after) for job in self._timetable if job.at)

    async def next_event(self, after: datetime) -> datetime:
        """The next moment at which there is work: a slot of the timetable, or something planned."""
        moments = [self.next_slot(after)]
        async with self._database.reading() as tx:
            for job in self._timetable:
                if job.planned and (planned := await job.planned(tx, after)):
                    moments.append(planned)
        return min(moments)

    async def _strike(self, job: Job) -> int:
        """The job's work, in one transaction or, page by page, in as many as it needs."""
        done = 0
        while page := await self._transact(job):
            done += page
            if not job.by_page:
                break
        return done

    async def _transact(self, job: Job) -> int:
        now = self._clock.now()
        if self._is_idle(job, now):
            return 0
        async with self._database.writing() as tx:
            if not job.at:
                return await job.work(tx, now)
            if ahead := await occurrences.forget_ahead(tx, job.name, now + STILL_ON_TIME):
                log.warning("slots_ahead_of_the_clock", job=job.name, slots=ahead)
            last = await occurrences.last_slot(tx, job.name)
            if last is None:
                # The first tick of a new database only says from when on slots count.
                await occurrences.strike(tx, now, job.name, now)
                return 0
            slot = self._latest_due(job, last, now)
            if slot is None:
                self._idle[job.name] = (now, self._next(job, last))
            if slot is None or self._has_to_wait(slot, now):
                return 0
            if job.by_page and (page := await job.work(tx, now)):
                return page
            if not await occurrences.strike(tx, now, job.name, slot) or _is_let_go(job, slot, now):
                return 0
            return 0 if job.by_page else await job.work(tx, now)

    def _is_idle(self, job: Job, now: datetime) -> bool:
        """Whether nothing can be due yet. A clock that was set back since is asked anew."""
        since, until = self._idle.get(job.name, (now, now))
        return since <= now < until

    def _has_to_wait(self, slot: datetime, now: datetime) -> bool:
        """Whether what was missed is to be made up by day: it is night, and nobody waits for it."""
        return _was_missed(slot, now) and not is_daytime(now.astimezone(self._zone))

    def _latest_due(self, job: Job, last: datetime, now: datetime) -> datetime | None:
        """The last slot that has come since; those before it were missed and are made up by this one."""
        due = None
        slot = self._next(job, last)
        while slot <= now:
            due, slot = slot, self._next(job, slot)
        return due

    def _next(self, job: Job, after: datetime) -> datetime:
        trigger = CronTrigger(timezone=self._zone, **job.at)
        slot: datetime = trigger.get_next_fire_time(None, after + timedelta(seconds=1))
        return slot


def _was_missed(slot: datetime, now: datetime) -> bool:
    return now - slot > STILL_ON_TIME


def _is_let_go(job: Job, slot: datetime, now: datetime) -> bool:
    return job.missed == "let go" and _was_missed(slot, now)
