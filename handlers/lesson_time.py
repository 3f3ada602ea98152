"""When a lesson is to go out: on a button, or in the sender's own words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal

from content.act import Act
from content.rules.hours import HOURS
from content.rules.sending_time import EVENING, MORNING, Told, told_when
from handlers.turn import Turn
from storage import holidays

Unclear = Literal["unclear", "past", "past today", "which hour", "which day"]

_NIGHT_ENDS = time(6)
# A preview that was left lying is no order any more: its figures and its hour are old.
HOLDS_FOR = timedelta(hours=1)


def moment_meant(turn: Turn, act: Act) -> datetime | Unclear:
    """The moment on the button or in the words; else why there is none."""
    if "at" in act.about:
        return max(datetime.fromisoformat(act.about["at"]), turn.now)
    told = said_so_far(turn, act)
    if told.now or told.after:
        return turn.now + (told.after or timedelta())
    if told.hour is None:
        return "which hour" if told.day else "unclear"
    if told.unclear:
        return "unclear" if told.day else "which day"
    return _moment(turn, told, told.hour, act.text)


def said_so_far(turn: Turn, act: Act) -> Told:
    """The words, with the day or the hour that was said before and is kept while the other is asked for."""
    about, said = act.about, act.text.strip()
    told = told_when(said, turn.today)
    ways = []
    if about.get("day"):
        ways.append(f"{about['day']} {about.get('part', '')}{said}")
    if about.get("hour"):
        ways.append(f"{said} {about['hour']}")
    whole = (told_when(way, turn.today) for way in ways)
    if found := next((one for one in whole if one.day and one.hour and not one.unclear), None):
        return found
    day = told.day or (date.fromisoformat(about["day"]) if about.get("day") else None)
    hour = told.hour or (time.fromisoformat(about["hour"]) if about.get("hour") else None)
    return told._replace(day=day, hour=hour, part=told.part or about.get("part", ""))


def kept(turn: Turn, act: Act, why: Unclear) -> dict[str, str]:
    """What need not be said again."""
    told = said_so_far(turn, act)
    day = told.day.isoformat() if told.day and why == "which hour" else ""
    hour = told.hour.isoformat("minutes") if told.hour and why != "which hour" else ""
    part = told.part if day else ""
    return {name: said for name, said in (("day", day), ("hour", hour), ("part", part)) if said}


def _moment(turn: Turn, told: Told, hour: time, said: str) -> datetime | Unclear:
    local = turn.now.astimezone(turn.house.zone)
    moment = datetime.combine(told.day or local.date(), hour, turn.house.zone)
    if moment <= local and hour < _NIGHT_ENDS and (told.day is None or "今晚" in said):
        moment += timedelta(days=1)  # 半夜两点, said by day, is the night to come.
    if moment > local:
        return moment
    return "past" if told.day else "past today"


def names_a_time(words: str, turn: Turn) -> bool:
    """Whether the words say when, and not which lesson."""
    told = told_when(words, turn.today)
    return told.says_when and (told.alone or told.unclear)


def is_over(turn: Turn, moment: datetime) -> bool:
    return moment + HOLDS_FOR < turn.now


async def usual_hours(turn: Turn) -> list[datetime]:
    """The next two usual hours: people read after work and before it; on a holiday they sleep late."""
    local, off = turn.now.astimezone(turn.house.zone), await holidays.known(turn.tx)
    days = [local.date() + timedelta(days=day) for day in (0, 1)]
    hours = [(day, hour) for day in days for hour in (HOURS.on_holidays if day in off else MORNING, EVENING)]
    moments = [datetime.combine(day, hour, turn.house.zone) for day, hour in hours]
    return [moment for moment in moments if moment > local][:2]


async def is_late_for_a_holiday(turn: Turn, moment: datetime) -> bool:
    """Whether it is noon because nobody is written to on the morning of a day off."""
    local = moment.astimezone(turn.house.zone)
    return local.time() == HOURS.on_holidays and local.date() in await holidays.known(turn.tx)


def asked_again(turn: Turn, why: Unclear, so_far: dict[str, str]) -> str:
    hour = so_far.get("hour", "")
    if why == "past":
        return turn.say("这个时间已经过了。请写一个以后的时间，比如“明天 19:30”。")
    if why == "past today":
        return turn.say("今天 {hour} 已经过了。哪天 {hour} 发？写“明天”“周五”这样。", hour=hour)
    if why == "which day":
        return turn.say("没看懂是哪天。哪天 {hour} 发？写“明天”“11月5日”这样。", hour=hour)
    if why == "which hour":
        day = turn.tongue.day(date.fromisoformat(so_far["day"]))
        return turn.say("{day}，那天几点发？写“19:30”“早上8点”这样。", day=day)
    return turn.say("没看懂时间。请写成“明天 19:30”或“11月25日 8点”，或写“现在”。")


def spelled(turn: Turn, moment: datetime) -> str:
    local = moment.astimezone(turn.house.zone)
    return f"{turn.tongue.day(local.date())} {turn.tongue.time(local, turn.house.zone)}"
