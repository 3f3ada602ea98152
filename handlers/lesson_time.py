"""When a lesson is to go out: on a button, or in the sender's own words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal

from content.act import Act
from content.rules.dates import find_date
from content.rules.times import find_time
from handlers.turn import Turn

Unclear = Literal["unclear", "past", "which hour"]

_EVENING, _MORNING = time(19, 30), time(8, 0)
_NIGHT_ENDS = time(6)
_NOW = ("现在", "现在就发", "马上", "马上发", "立即", "立刻", "now")
# A preview that was left lying is no order any more: its figures and its hour are old.
HOLDS_FOR = timedelta(hours=1)


def moment_meant(turn: Turn, act: Act) -> datetime | Unclear:
    """The moment on the button or in the words; else why there is none."""
    if "at" in act.about:
        return max(datetime.fromisoformat(act.about["at"]), turn.now)
    said = act.text.strip()
    if said.lower() in _NOW:
        return turn.now
    local = turn.now.astimezone(turn.house.zone)
    hour, day = find_time(said), find_date(said, local.date())
    if hour is None:
        return "which hour" if day else "unclear"
    moment = datetime.combine(day or local.date(), hour, turn.house.zone)
    if moment <= local and hour < _NIGHT_ENDS and (day is None or "今晚" in said):
        moment += timedelta(days=1)  # 半夜两点, said by day, is the night to come.
    return moment if moment > local else "past"


def names_a_time(words: str, turn: Turn) -> bool:
    """Whether the words say when, and not which lesson."""
    return words.lower() in _NOW or bool(find_time(words) or find_date(words, turn.today))


def is_over(turn: Turn, moment: datetime) -> bool:
    return moment + HOLDS_FOR < turn.now


def usual_hours(turn: Turn) -> list[datetime]:
    """The next two usual hours: people read after work and before it."""
    local = turn.now.astimezone(turn.house.zone)
    moments = [
        datetime.combine(local.date() + timedelta(days=day), hour, turn.house.zone)
        for day in (0, 1)
        for hour in (_MORNING, _EVENING)
    ]
    return [moment for moment in moments if moment > local][:2]


def morning_after(turn: Turn, moment: datetime) -> datetime:
    """The first usual hour of the morning after a moment in the night."""
    local = moment.astimezone(turn.house.zone)
    morning = datetime.combine(local.date(), _MORNING, turn.house.zone)
    return morning if morning > local else morning + timedelta(days=1)


def asked_again(turn: Turn, why: Unclear) -> str:
    if why == "past":
        return turn.say("这个时间已经过了。请写一个以后的时间，比如“明天 19:30”。")
    if why == "which hour":
        return turn.say("那天几点发？请连日子一起写，比如“明天 19:30”。")
    return turn.say("没看懂时间。请写成“明天 19:30”或“11月25日 8点”，或写“现在”。")


def spelled(turn: Turn, moment: datetime) -> str:
    local = moment.astimezone(turn.house.zone)
    return f"{turn.tongue.day(local.date())} {turn.tongue.time(local, turn.house.zone)}"
