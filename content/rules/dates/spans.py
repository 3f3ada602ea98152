"""Spans of time from today: 三个月, 半年内, 两周, 一个半月, 三四个月."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from re import Match

from content.rules.dates.numerals import number
from content.rules.dates.reach import months_later

_LONGEST_YEARS = 20  # 26年 is the year 2026, not a span
_N = r"\d{1,3}|[一二三四五六七八九十两俩百]{1,4}"
_SPAN = re.compile(
    rf"(?P<half>(?<![个年])半)(?P<of>年|个月|个多月|月)|"
    rf"(?<![第\d.零〇一二三四五六七八九十])(?P<n>{_N})(?P<more>个半|来|多)?(?P<unit>个多?月|"
    rf"(?<=个半)月|年|周|个?星期|个?礼拜|天)(?P<plus>半)?"
)
# Before it, or in it and gone: 三个月前, 干了两年了, 两个月没发工资.
_GONE = re.compile(r"(?:前|以前|之前|了|没(?!网|有?信号|有网|法|空)|的?工[钱资]|底|初|份|工龄)")
_SINCE = re.compile(r"(?:了|前|过去|最近|近|上|第|满|每|一)$")
_AFTER = re.compile(r"(?:左右)?[以之]?后")


def spans(text: str, as_of: date) -> Iterator[tuple[Match[str], date]]:
    """Every span ahead with the day it ends on."""
    for match in _SPAN.finditer(text):
        day = _end(match, as_of)
        if (
            day
            and not _GONE.match(text, match.end())
            and not _SINCE.search(text[max(0, match.start() - 2) : match.start()])
        ):
            yield match, day


def is_after(text: str, match: Match[str]) -> bool:
    """三个月后: a day, where 三个月 alone only says how long."""
    before = text[max(0, match.start() - 1) : match.start()]
    return bool(_AFTER.match(text, match.end())) or before == "过"


def after_end(text: str, match: Match[str]) -> int:
    """Where 三个月后 ends."""
    found = _AFTER.match(text, match.end())
    return found.end() if found else match.end()


def _end(match: Match[str], as_of: date) -> date | None:
    if match["half"]:
        return months_later(as_of, 6) if match["of"] == "年" else as_of + timedelta(days=15)
    count = _count(match["n"])
    if not count:
        return None
    return _ahead(count, match["unit"], bool(match["plus"]) or match["more"] == "个半", as_of)


def _count(written: str) -> int | None:
    """三四个月 is counted as four: whoever is out of reach is asked for rather late than early."""
    if len(written) == 2 and all(c in "一二三四五六七八九两" for c in written):
        return number(written[1])
    return number(written)


def _ahead(count: int, unit: str, and_half: bool, as_of: date) -> date | None:
    if unit == "天":
        return as_of + timedelta(days=count)
    if unit[-1] in "周期拜":
        return as_of + timedelta(weeks=count)
    months = count * 12 + 6 * and_half if unit == "年" else count
    if months > _LONGEST_YEARS * 12:
        return None
    extra = timedelta(days=15 if and_half and unit != "年" else 0)
    return months_later(as_of, months) + extra
