"""A time of day as people write it: 19:30, 晚上7点半, 8点一刻."""

from __future__ import annotations

import re
import unicodedata
from datetime import time, timedelta
from typing import NamedTuple

# One morning's letters come a little earlier or later than the other's; it is a day for all that.
A_DAY = timedelta(hours=20)

_NUMBER = r"\d{1,2}|[零一二两三四五六七八九十]{1,3}"
_TIME = re.compile(
    r"(?P<part>凌晨|早上|早晨|清早|上午|中午|下午|傍晚|晚上|今晚|夜里|半夜|晚|早)?\s*"
    rf"(?:(?P<clock>(?<!\d)\d{{1,2}})\s*[::]\s*(?P<minutes>[0-5]\d)(?!\d)|"
    rf"(?<!\d)(?P<hour>{_NUMBER})(?:点钟?|时)(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<past>{_NUMBER})分?)?)"
    r"\s*(?P<english>am|pm)?",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"(?<![\d:])(?P<hour>\d{1,2})\s*(?P<half>am|pm)\b")
_BEFORE_DAWN = ("凌晨", "早上", "早晨", "清早", "早")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_DEAD_OF_NIGHT = ("夜里", "半夜")
_NIGHT = ("晚上", "今晚", "晚", *_DEAD_OF_NIGHT)
_AFTER_NOON = ("下午", "傍晚", *_NIGHT)


def find_time(text: str) -> time | None:
    """The time of day in the text, None where none, an impossible or an unclear one is written.

    A bare 3点 is three in the afternoon: nobody plans a letter for three at night. But 半夜3点 is at
    night, and so is 晚上3点. 晚上12点 is unclear, as it belongs to the next day.
    """
    found = _TIME.search(unicodedata.normalize("NFKC", text).lower())
    if found is None:
        return None
    hour = _hour(found)
    minute = _minute(found)
    return time(hour, minute) if hour is not None and hour < 24 and minute < 60 else None


class Clocked(NamedTuple):
    """An hour, and where in the text it stands: None where it is impossible or unclear.

    `next_day`: 今晚12点 is the first minute of tomorrow.
    """

    start: int
    end: int
    hour: time | None
    next_day: bool = False


def times_said(plain: str) -> list[Clocked]:
    """Each hour of a plan, in lower case and half width; also 8pm, 今晚12点, 24:00."""
    said = [_clocked(found) for found in _TIME.finditer(plain)]
    taken = {at for one in said for at in range(one.start, one.end)}
    return said + [_in_english(found) for found in _ENGLISH.finditer(plain) if found.start() not in taken]


def _clocked(found: re.Match[str]) -> Clocked:
    hour, minute, part = _number(found["clock"] or found["hour"]), _minute(found), found["part"] or ""
    if minute >= 60 or (part in _BEFORE_DAWN and hour == 12):
        return Clocked(found.start(), found.end(), None)
    if hour == 24 or (part in _NIGHT and hour in (0, 12)):
        return Clocked(found.start(), found.end(), time(0, minute), next_day=True)
    told = _hour(found)
    return Clocked(found.start(), found.end(), time(told, minute) if told is not None and told < 24 else None)


def _in_english(found: re.Match[str]) -> Clocked:
    hour = int(found["hour"]) % 12 + (12 if found["half"] == "pm" else 0)
    return Clocked(found.start(), found.end(), time(hour) if 1 <= int(found["hour"]) <= 12 else None)


def _hour(found: re.Match[str]) -> int | None:
    hour = _number(found["clock"] or found["hour"])
    part = found["part"] or ""
    if part in _NIGHT and hour in (0, 12, 24):
        return None
    if hour < (6 if part in _DEAD_OF_NIGHT else 4) and part in _NIGHT:
        return hour
    afternoon = part in _AFTER_NOON or found["english"] == "pm"
    if (afternoon and hour < 12) or (part == "中午" and hour < 3):
        return hour + 12
    said_bare = not part and found["hour"] and not found["english"]
    return hour + 12 if said_bare and 1 <= hour <= 6 else hour


def _minute(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 * _number(found["quarter"])
    return _number(found["minutes"] or found["past"] or "0")


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[ones[-1]]
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
