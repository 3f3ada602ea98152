"""When a draft goes out: now, at one of two usual hours, or a time in one's own words."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter
from content.rules.dates import find_date
from content.words import short
from handlers import lesson_by_night
from handlers.campaign import drafted
from handlers.campaign.preview import preview_letter
from handlers.lesson_time import asked_again, moment_meant, spelled, usual_hours
from handlers.turn import Turn
from storage import drafts
from storage.drafts import Draft

_NEVER = ("不过期", "一直有效", "no end")


async def ask_when(turn: Turn, draft: Draft, first: str = "") -> Letter:
    """`first` is said before the question."""
    await _await_time(turn, draft)
    times = [(turn.say("现在就发"), turn.now), *((spelled(turn, at), at) for at in usual_hours(turn))]
    what = drafted.called(turn, draft)
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
        await _await_time(turn, draft)
        return Letter(chat=asked_again(turn, when))
    if lesson_by_night.is_unasked(turn, act, when):
        return lesson_by_night.ask_first(turn, draft.id, when)
    ends = drafted.expiry(turn, draft, when)
    at_once, by_night = when <= turn.now, lesson_by_night.is_meant(act)
    await drafts.time(turn.tx, draft, when, at_once=at_once, at_any_hour=by_night, expires_at=ends)
    return await preview_letter(turn, await drafted.again(turn, draft))


async def draft_until(turn: Turn, act: Act) -> Letter:
    """有效到 11月5日, 不过期: what is not out by the end of that day stays in."""
    draft = await drafted.on_the_desk(turn, act)
    if isinstance(draft, Letter):
        return draft
    ends = _end_meant(turn, act.text)
    if isinstance(ends, str):
        return Letter(chat=ends)
    await drafts.time(turn.tx, draft, draft.campaign.planned_for, expires_at=ends)
    return await preview_letter(turn, await drafted.again(turn, draft))


def _end_meant(turn: Turn, said: str) -> datetime | str | None:
    if said.strip().lower() in _NEVER:
        return None
    day = find_date(said, turn.today)
    if day is None or day < turn.today:
        return turn.say("没看懂到哪天。请写成“有效到 11月5日”，或写“不过期”。")
    return drafted.end_of_day(turn, datetime.combine(day, datetime.min.time(), turn.house.zone))


def _at(draft: Draft, label: str, moment: datetime) -> Choice:
    return Choice(label, Act(intent="preview_lesson", about={"draft": draft.id, "at": moment.isoformat()}))


async def _await_time(turn: Turn, draft: Draft) -> None:
    await turn.ask(Act(intent="preview_lesson", about={"draft": draft.id, "verbatim": "1"}))
