"""A time of day as people write it: 19:30, 晚上7点半, 8点。"""

from __future__ import annotations

import re
import unicodedata
from datetime import time

_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*[::]\s*([0-5]\d)(?!\d)")
_SPOKEN = re.compile(
    r"(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚|早)?\s*(\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:(半)|(\d{1,2})分?)?"
)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_AFTER_NOON = ("下午", "傍晚", "晚上", "晚")


def find_time(text: str) -> time | None:
    """The time of day in the text, None where none or an impossible one is written."""
    plain = unicodedata.normalize("NFKC", text)
    if clock := _CLOCK.search(plain):
        return time(int(clock[1]), int(clock[2]))
    spoken = _SPOKEN.search(plain)
    return _spoken_time(spoken) if spoken else None


def _spoken_time(spoken: re.Match[str]) -> time | None:
    hour = _number(spoken[2])
    minute = 30 if spoken[3] else int(spoken[4] or 0)
    if (spoken[1] in _AFTER_NOON and hour < 12) or (spoken[1] == "中午" and hour < 3):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[ones[0]]
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
