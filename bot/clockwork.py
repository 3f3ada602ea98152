"""Gives the timetable to APScheduler, which only ticks; its only home.

What was done stands in the database, a row for each slot of each job on the wall of the house: no restart,
no second process and no change of the clock skips or doubles one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from time import time
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING

from bot.clock import Clock
from bot.slots import due_slots, next_moment
from content.rules.hours import by_day
from schedules.ask_after_stillness import ask_after_stillness
from schedules.timetable import Job
from storage import due_work, occurrences, running
from storage.database import Database, Transaction
from storage.occurrences import Slot

# A restart or a slow tick is no miss.
STILL_ON_TIME = timedelta(minutes=30)
# Somebody sets a clock by an hour, or by the eight of a machine that took China's time for UTC: what was
# struck meanwhile was done, and is not done again. Whatever lies further ahead was a clock gone wrong.
SET_BY_HAND = timedelta(hours=12)
# How often it is noted that the program is at work: a break is known to begin as exactly as this.
SEEN_EVERY = timedelta(minutes=10)

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
        self.timetable = timetable
        self._zone = ZoneInfo(timezone)
        self._wake = wake
        self._ticker = AsyncIOScheduler()
        self._ticking = asyncio.Lock()
        # Saves a transaction a tick; the truth is in the rows.
        self._ticked_at: float | None = None
        self._seen_at: datetime | None = None
        self._idle: dict[str, tuple[datetime, datetime]] = {}
        self._questions = {job.name: job.asks for job in timetable if job.asks}
        self._one_for_all = due_work.all_of(self._questions)

    def start(self, tick: Callable[[], Awaitable[object]], seconds: float = 5) -> None:
        """Tick every so many seconds, never two ticks at once."""
        # A tick that outlasts the pause is no news: the next one finds what it left.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)

        async def one_at_a_time() -> None:
            async with self._ticking:
                # Begun between our goodbye and the ticker's own, it would be cut short.
                if self._ticker.state == STATE_RUNNING:
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
        done = await self._looked_back()
        has_work = await self._asked()
        for job in self.timetable:
            if job.asks and job.name not in has_work:
                continue
            worked = await self._struck(job)
            if worked:
                # What one job did may be work for the next.
                done, has_work = done + worked, await self._asked()
        if done:
            self._wake()
        return done

    def next_slot(self, after: datetime) -> datetime:
        """The next moment at which any job of the timetable strikes."""
        return min(next_moment(job, self._zone, after) for job in self.timetable if job.at)

    async def next_event(self, after: datetime) -> datetime:
        """The next moment at which there is work: a slot of the timetable, or something planned."""
        moments = [self.next_slot(after)]
        async with self._database.reading() as tx:
            for job in self.timetable:
                if job.planned and (planned := await job.planned(tx, after)):
                    moments.append(planned)
        return min(moments)

    async def _looked_back(self) -> int:
        """After a time in which the program stood still, what was meant for then asks its sender first.

        Time that was wound on while the process ran, as in the demo, is none: by the wall it was a moment.
        """
        now, wall = self._clock.now(), time()
        woke = self._ticked_at is None or wall - self._ticked_at > STILL_ON_TIME.total_seconds()
        if not woke and self._seen_at and abs(now - self._seen_at) < SEEN_EVERY:
            self._ticked_at = wall
            return 0
        try:
            async with self._database.writing() as tx:
                still = await running.seen(tx, now, STILL_ON_TIME if woke else timedelta.max)
                done = await ask_after_stillness(tx, now, still) if still else 0
        except Exception as error:
            log.error("job_failed", job="look_back", exc_info=error)
            return 0
        self._ticked_at, self._seen_at = wall, now
        if still:
            log.warning("stood_still", since=still.began.isoformat(), asked=done)
        return done

    async def _asked(self) -> set[str]:
        """Which of the jobs that can be asked have work. Where that cannot be known, each finds out."""
        if not self._questions:
            return set()
        try:
            async with self._database.reading() as tx:
                return await due_work.anything_for(tx, self._clock.now(), self._one_for_all)
        except Exception:
            return set(self._questions)

    async def _struck(self, job: Job) -> int:
        try:
            return await self._strike(job)
        except Exception as error:
            log.error("job_failed", job=job.name, exc_info=error)
            return 0

    async def _strike(self, job: Job) -> int:
        """A transaction for each page of the work, and for each slot that is done by itself."""
        done, is_more = 0, True
        while is_more:
            worked, is_more = await self._transact(job)
            done += worked
        return done

    async def _transact(self, job: Job) -> tuple[int, bool]:
        """How much work there was, and whether there may be more at once."""
        now = self._clock.now()
        if self._is_idle(job, now):
            return 0, False
        async with self._database.writing() as tx:
            if not job.at:
                worked = await job.work(tx, now)
                return worked, job.by_page and worked > 0
            due = await self._due(tx, job, now)
            return await self._strike_one(tx, job, due, now) if due else (0, False)

    async def _due(self, tx: Transaction, job: Job, now: datetime) -> list[Slot]:
        if ahead := await occurrences.forget_ahead(tx, job.name, now + SET_BY_HAND):
            log.warning("slots_ahead_of_the_clock", job=job.name, slots=ahead)
        last = await occurrences.last_slot(tx, job.name, now)
        if last is None:
            # The first tick of a new database only says from when on slots count.
            await occurrences.count_from(tx, now, job.name)
            return []
        due = due_slots(job, self._zone, last, now)
        if not due:
            self._idle[job.name] = (now, next_moment(job, self._zone, now))
        return due

    async def _strike_one(
        self, tx: Transaction, job: Job, due: Sequence[Slot], now: datetime
    ) -> tuple[int, bool]:
        """The slot whose turn it is, and what becomes of those that it makes up for, or that are let go."""
        slot, passed = _whose_turn(job, due, now)
        worked = 0
        if slot:
            if self._has_to_wait(slot, now) or not await occurrences.take(tx, now, job.name, slot):
                return 0, False
            by_itself = job.missed == "run each, late"
            worked = await job.work(tx, slot.moment if by_itself else now)
            if job.by_page and worked:
                return worked, True
            await occurrences.settle(tx, now, job.name, slot)
        if passed:
            await _pass_over(tx, job, passed, now)
        return worked, job.missed == "run each, late"

    def _is_idle(self, job: Job, now: datetime) -> bool:
        """Whether nothing can be due yet. A clock that was set back since is asked anew."""
        since, until = self._idle.get(job.name, (now, now))
        return since <= now < until

    def _has_to_wait(self, slot: Slot, now: datetime) -> bool:
        """Whether what was missed is to be made up by day: it is night, and nobody waits for it."""
        return _was_missed(slot, now) and not by_day(now.astimezone(self._zone))


def _whose_turn(job: Job, due: Sequence[Slot], now: datetime) -> tuple[Slot | None, Sequence[Slot]]:
    """The slot to be struck, if any, and those before it that get no work of their own."""
    if job.missed == "run each, late":
        return due[0], ()
    if job.missed == "let go" and _was_missed(due[-1], now):
        return None, due
    return due[-1], due[:-1]


async def _pass_over(tx: Transaction, job: Job, passed: Sequence[Slot], now: datetime) -> None:
    """Whoever wonders why nothing came finds it in the log, in `doctor` and at /health."""
    if job.missed == "let go":
        await occurrences.pass_over(tx, now, job.name, passed, "let go")
        log.warning("slots_let_go", job=job.name, slots=len(passed), last=passed[-1].local)
    else:
        await occurrences.pass_over(tx, now, job.name, passed, "made up")
        log.info("slots_made_up", job=job.name, slots=len(passed), by_the_next_after=passed[-1].local)


def _was_missed(slot: Slot, now: datetime) -> bool:
    return now - slot.moment > STILL_ON_TIME
