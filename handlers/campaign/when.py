"""When a draft goes out: now, at one of two usual hours, or a time in one's own words."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter
from content.rules.dates import find_date, find_until
from content.words import short
from handlers import lesson_by_night
from handlers.campaign import drafted
from handlers.campaign.preview import preview_letter
from handlers.lesson_time import (
    asked_again,
    is_late_for_a_holiday,
    kept,
    moment_meant,
    spelled,
    usual_hours,
)
from handlers.turn import Turn
from storage import drafts
from storage.drafts import Draft

_NEVER = ("不过期", "一直有效", "no end")


async def ask_when(turn: Turn, draft: Draft, first: str = "", changes: bool = False) -> Letter:
    """`first` is said before the question; `changes` where an hour was seen already."""
    await _await_time(turn, draft, {"changes": "1"} if changes else {})
    usual = await usual_hours(turn)
    times = [(turn.say("现在就发"), turn.now), *((spelled(turn, at), at) for at in usual)]
    what = drafted.called(turn, draft)
    if off := [at for at in usual if await is_late_for_a_holiday(turn, at)]:
        first += turn.say("{day}放假，中午才开始发。", day=turn.tongue.day(off[0].date()))
    letter = Letter(
        chat=first + turn.say("{what}什么时候发？也可以直接写时间，比如“明天 19:30”。", what=what),
        sms=first + turn.say("{what}何时发？可直接写时间。", what=what),
        choices=tuple((_at(draft, label, moment),) for label, moment in times),
    )
    return short.with_what_fits(letter) if turn.by_sms else letter


async def take_time(turn: Turn, act: Act, draft: Draft) -> Letter:
    """The moment on the button or in the words, and what would happen then."""
    if draft.state != "draft":
        return drafted.settled(turn, draft)
    when = moment_meant(turn, act)
    if isinstance(when, str):
        so_far = kept(turn, act, when)
        changes = {"changes": "1"} if act.about.get("changes") else {}
        await _await_time(turn, draft, {**changes, **so_far})
        return Letter(chat=asked_again(turn, when, so_far))
    if await lesson_by_night.is_unasked(turn, act, when):
        return await lesson_by_night.ask_first(turn, draft.id, when)
    ends = drafted.expiry(turn, draft, when)
    at_once, by_night = when <= turn.now, lesson_by_night.is_meant(act)
    await drafts.time(turn.tx, draft, when, at_once=at_once, at_any_hour=by_night, expires_at=ends)
    return await preview_letter(turn, await drafted.again(turn, draft))


async def draft_until(turn: Turn, act: Act) -> Letter:
    """有效到 11月5日, 不过期: what is not out by the end of that day stays in."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    ends = _end_meant(turn, draft, act.text)
    if isinstance(ends, str):
        return Letter(chat=ends)
    await drafts.time(turn.tx, draft, draft.campaign.planned_for, expires_at=ends)
    return await preview_letter(turn, await drafted.again(turn, draft))


async def wake_them(turn: Turn, act: Act) -> Letter:
    """夜里也发: for a notice that cannot wait for the morning. Nothing else is worth a night's sleep."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    if draft.campaign.kind != "notice":
        first = turn.say("夜里只发急的通知，这一条等到早上。")
        return await preview_letter(turn, draft, first)
    await drafts.time(turn.tx, draft, draft.campaign.planned_for, at_any_hour=True)
    return await preview_letter(turn, await drafted.again(turn, draft))


def _end_meant(turn: Turn, draft: Draft, said: str) -> datetime | str | None:
    """有效期三天 is counted from the day on which it goes out."""
    if said.strip().lower() in _NEVER:
        return None
    goes_out = max(turn.now, draft.campaign.planned_for).astimezone(turn.house.zone).date()
    day = find_until(said, goes_out) or find_date(said, turn.today)
    if day is None or day < turn.today:
        return turn.say("没看懂到哪天。请写成“有效到 11月5日”，或写“不过期”。")
    return drafted.end_of_day(turn, datetime.combine(day, datetime.min.time(), turn.house.zone))


def _at(draft: Draft, label: str, moment: datetime) -> Choice:
    return Choice(label, Act(intent="preview_lesson", about={"draft": draft.id, "at": moment.isoformat()}))


async def _await_time(turn: Turn, draft: Draft, more: dict[str, str]) -> None:
    about = {"draft": draft.id, "verbatim": "1", **more}
    await turn.ask(Act(intent="preview_lesson", about=about))
