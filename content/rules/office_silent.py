"""失联 90天, 失联 上海: whom a question after the silent is about."""

from __future__ import annotations

import re

from content.act import Act
from content.rules.dates import number
from content.rules.places import Place, Several, find_place

_DAYS = re.compile(r"(?P<n>\d{1,4}|[一二三四五六七八九十百两半]{1,5})\s*(?P<unit>个?月|天|日|年)?")
_NO_WHOLE_DAYS = re.compile(r"[-−]\s*\d|\d\.\d|(?<!\d)0+\s*(?:天|日|个?月|年)?$")
_DAYS_IN = {"月": 30, "个月": 30, "年": 365}
_LONGEST = 3_650
_SOMEWHERE = re.compile(r"[\u4e00-\u9fff]{2,8}")
_NOT_SOMEWHERE = re.compile(r"[我他她你的了吗呢怎咋很不没家人]|原因|问题|情况|怎么|办|手机|电话")


def silent(rest: str) -> Act | None:
    """What stands behind 失联: days, a place, both, or words that are neither; None for other talk."""
    if not rest:
        return Act(intent="silent")
    if _NO_WHOLE_DAYS.search(rest):
        return Act(intent="silent", ambiguous="days")
    place = find_place(rest)
    if isinstance(place, Place):
        return Act(intent="silent", place=place.code, n=_days(rest))
    if isinstance(place, Several):
        codes = tuple(option.code for option in place.options)
        return Act(intent="silent", ambiguous="place", options=codes, n=_days(rest))
    days = _days(rest)
    if not days and (not _SOMEWHERE.fullmatch(rest) or _NOT_SOMEWHERE.search(rest)):
        return None
    return Act(intent="silent", n=days, text="" if days else rest)


def _days(rest: str) -> int:
    said = _DAYS.search(rest)
    if not said:
        return 0
    if said["n"] == "半":
        return 183 if said["unit"] == "年" else 15
    return min((number(said["n"]) or 0) * _DAYS_IN.get(said["unit"] or "", 1), _LONGEST)
