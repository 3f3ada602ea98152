"""Each who follows a series gets its next lesson as that comes due, never two lessons in a day. (S5, S19)"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

from content.lessons.library import all_lessons
from content.letter import Letter
from content.rules import series as rule
from content.rules.wall_time import moment_of, wall_time
from content.rules.zones import zones_named
from content.words.catalogue import tongue
from storage import campaign_life, campaigns, offices, people, post, recipients, series, series_members
from storage.campaigns import Order
from storage.database import Transaction
from storage.series import Series, SeriesLesson
from storage.series_members import Follower
from storage.viewer import Viewer

# Whoever writes to us meanwhile waits for one page.
_A_PAGE = 100


async def next_of_series(tx: Transaction, now: datetime) -> int:
    """One page of work; how much it was. Call until there is none."""
    for one in await series.of_states(tx, series.RUNNING):
        viewer = await offices.viewer_of(tx, one.made_by)
        first_at = partial(_first_at, now, one.hour)
        done = await series_members.enrol(tx, now, viewer, one, first_at, _A_PAGE)
        done = done or await _give_next(tx, now, viewer, one)
        if done:
            return done
    return 0


async def _give_next(tx: Transaction, now: datetime, viewer: Viewer, one: Series) -> int:
    due = await series_members.due(tx, now, viewer, one, _A_PAGE)
    for follower in due:
        await _give(tx, now, one, follower)
    return len(due)


async def _give(tx: Transaction, now: datetime, one: Series, follower: Follower) -> None:
    zone = zones_named(follower.zone)[0]
    today = wall_time(now, zone).date()
    if await series_members.had_a_lesson(tx, follower.person_id, moment_of(_midnight(today), zone)):
        tomorrow = rule.after_days(now, 1, one.hour, zone)
        await series_members.advance(tx, one.id, follower.person_id, follower.position, tomorrow)
        return
    lessons = await series.lessons(tx, one.id)
    lesson = await _next_on_the_shelf(tx, now, one, lessons[follower.position :])
    had = lesson.nth if lesson else len(lessons)
    if lesson:
        await _join(tx, now, one, lesson, follower)
    began = wall_time(rule.first_hour(one.made_at, one.hour, zone), zone).date()
    days = rule.days_to_next(had, began, today, one.every_days, one.catch_up_days)
    next_at = rule.after_days(now, days, one.hour, zone) if had < len(lessons) else None
    await series_members.advance(tx, one.id, follower.person_id, had, next_at)


async def _next_on_the_shelf(
    tx: Transaction, now: datetime, one: Series, left: list[SeriesLesson]
) -> SeriesLesson | None:
    """A lesson off the shelf is skipped, and so is one whose sending was called off."""
    for lesson in left:
        campaign = await campaigns.by_id(tx, lesson.campaign_id) if lesson.campaign_id else None
        if lesson.slug in all_lessons() and not (campaign and campaign.cancelled):
            return lesson
        if lesson.slug not in all_lessons() and lesson.skipped_at is None:
            await series.note_lesson(tx, one.id, lesson.nth, skipped_at=now)
            await _say_skipped(tx, now, one, lesson)
    return None


async def _join(
    tx: Transaction, now: datetime, one: Series, lesson: SeriesLesson, follower: Follower
) -> None:
    """Its campaign is made for the first of its readers, and taken up again for each who comes later."""
    campaign_id = lesson.campaign_id
    if campaign_id is None:
        made = await campaigns.make(tx, now, one.made_by, Order(slug=lesson.slug), now, state="draft")
        await campaign_life.open_to_joiners(tx, now, made.id)
        campaign_id = made.id
        await series.note_lesson(tx, one.id, lesson.nth, campaign_id=campaign_id)
    if await recipients.add(tx, campaign_id, follower.person_id, follower.zone):
        await campaign_life.take_more(tx, campaign_id)


async def _say_skipped(tx: Transaction, now: datetime, one: Series, lesson: SeriesLesson) -> None:
    t = tongue(await people.language_of(tx, one.made_by))
    said = t.say("系列课里的第 {n} 课已经撤下，跳过了，后面的照常发。", n=lesson.nth)
    await post.tell(tx, now, one.made_by, Letter(chat=said), "notice", f"{one.id}:skipped:{lesson.nth}")


def _first_at(now: datetime, hour: time, zone: str) -> datetime:
    return rule.first_hour(now, hour, zones_named(zone)[0])


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
