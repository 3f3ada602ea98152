"""When a sender means by 周五19:30, 明早, 半小时后, as far as it is said; nothing is guessed at.

A day that was not understood and was silently taken for today would send to hundreds on the wrong day.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from content.rules.dates import days_planned, number
from content.rules.times import times_said

# Usual hours, for whoever says no more than 明早 or 明晚: before work and after it.
MORNING, NOON, EVENING = time(8), time(12), time(19, 30)

_NOW = re.compile(
    r"(?:就|请)?(?:现在|马上|立即|立刻|即刻)(?:就|马上)?(?:发|发送|发出|发出去)?(?:吧|了)?|"
    r"(?:send )?(?:it )?now|right now"
)
_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十两]{1,3})"
_AFTER = re.compile(
    rf"(?:再?过)?(?:(?P<half>半个?小时|半个?钟头?)|(?P<hours>{_NUMBER})个?(?P<more>半)?(?:小时|钟头)|"
    rf"(?P<minutes>{_NUMBER})分钟|(?P<quarter>一刻钟))(?:[以之]?后)?|"
    rf"\bin (?:(?P<half_en>half an hour)|(?P<hours_en>an|one|two|three|\d{{1,2}}) hours?|"
    rf"(?P<minutes_en>\d{{1,3}}) min(?:ute)?s?)\b"
)
_ENGLISH_HOURS = {"an": 1, "one": 1, "two": 2, "three": 3}
_MORNING = re.compile(r"早上|早晨|清早|一早|[明今后]早|(?<=天)早|\bmorning\b")
_NOON = re.compile(r"中午|正午|\bnoon\b")
_EVENING = re.compile(r"晚上|[明今后]晚|(?<=天)晚|傍晚|\bevening\b|\btonight\b")
_PART = re.compile(
    r"凌晨|早上|早晨|清早|一早|上午|中午|正午|下午|傍晚|晚上|夜里|半夜|\b(?:morning|noon|evening)\b|[早晚]"
)
# What stands around a time and says nothing of it.
_AROUND = re.compile(
    r"[\s,，、。.!！:：;；~“”()（）]|那就|就|那|好的?|行|嗯|改(?:到|成|为|在)?|推迟到|提前到|定(?:在|到|成)?|换(?:到|成)|时间|"
    r"请|麻烦|您|在|于|到|等|的|再|发(?:送|出去?)?|左右|准时|吧|啊|呀|哦|了|[号日]|或者?|或是|还是|至|[-~]|"
    r"\b(?:at|on|by|the|of|please|send|it|make|to)\b"
)
_ABOUT_TIME = re.compile(
    r"[\d周月日号天晚早午夜旬末底初年后前点时分刻钟或]|星期|礼拜|节|一会|稍|待会|国庆|元旦|[a-z]"
)


class Told(NamedTuple):
    """`now`, or so long `after` now, or a `day` and an `hour`, of which one may be missing.

    `unclear`: something in it is about a time and was not understood. `alone`: the words say nothing else.
    `part` is 下午 where no hour was said: a 3:30 that follows is meant of it.
    """

    now: bool = False
    after: timedelta | None = None
    day: date | None = None
    hour: time | None = None
    part: str = ""
    unclear: bool = False
    alone: bool = False

    @property
    def says_when(self) -> bool:
        return self.now or self.after is not None or self.day is not None or self.hour is not None


def told_when(text: str, today: date) -> Told:
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    if _NOW.fullmatch(plain.rstrip("。.! ")):
        return Told(now=True, alone=True)
    if found := _AFTER.search(plain):
        rest = _without(plain, [(found.start(), found.end())])
        after = _long(found)
        return Told(after=after, unclear=after is None or _is_about_time(rest), alone=not rest)
    return _day_and_hour(plain, today)


def _day_and_hour(plain: str, today: date) -> Told:
    """Of two days, or two hours, none is taken."""
    days, hours = days_planned(plain, today), times_said(plain)
    rest = _PART.sub(
        "",
        _without(plain, [*((one.start, one.end) for one in days), *((one.start, one.end) for one in hours)]),
    )
    day = days[0].day if len({one.day for one in days}) == 1 else None
    hour = hours[0].hour if len({(one.hour, one.next_day) for one in hours}) == 1 else None
    lacking = (days and day is None) or (hours and hour is None)
    if not hours:
        hour = _usual(plain) if days or _PART.search(plain) else None
    elif hour is not None and hours[0].next_day:
        day = (day or today) + timedelta(days=1)
    part = _PART.search(plain) if hour is None else None
    return Told(
        day=day,
        hour=hour,
        part=part[0] if part else "",
        unclear=bool(lacking) or _is_about_time(rest),
        alone=bool(days or hours or hour) and not _ABOUT_TIME.sub("", rest),
    )


def _usual(plain: str) -> time | None:
    if _EVENING.search(plain):
        return EVENING
    if _MORNING.search(plain):
        return MORNING
    return NOON if _NOON.search(plain) else None


def _without(plain: str, these: Sequence[tuple[int, int]]) -> str:
    """What is left of the words beside the times in them."""
    left = "".join(sign if not any(a <= at < b for a, b in these) else " " for at, sign in enumerate(plain))
    return _AROUND.sub("", left)


def _is_about_time(rest: str) -> bool:
    return bool(_ABOUT_TIME.search(rest))


def _long(found: re.Match[str]) -> timedelta | None:
    if found["half"] or found["half_en"]:
        return timedelta(minutes=30)
    if found["quarter"]:
        return timedelta(minutes=15)
    if told := found["hours"] or found["hours_en"]:
        hours = _ENGLISH_HOURS.get(told) or number(told)
        return timedelta(hours=hours, minutes=30 if found["more"] else 0) if hours else None
    minutes = number(found["minutes"] or found["minutes_en"] or "")
    return timedelta(minutes=minutes) if minutes else None
