"""Reads the notice of a year's holidays as the State Council words it, pasted into a text file.

"元旦：1月1日（周五）至3日（周日）放假，共3天。" Its own weekdays and counts are looked at: a wrong year or a
line that was cut would else wake people on the morning of a holiday.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from re import Match

from content.rules.holidays import Holiday, Kind
from content.words.catalogue import N_
from handlers.holidays.unclear import NO_SUCH_DAY, Fault, TableUnclear

NO_YEAR = N_("没有写是哪一年。请把通知的标题“关于某年部分节假日安排的通知”一起贴上。")
OTHER_WEEKDAY = N_("{day} 不是{weekday}，请核对年份和日期。")
OTHER_COUNT = N_("写的是共 {said} 天，数出来是 {counted} 天，请核对。")
NO_DAY_OFF = N_("{name}没有写哪天放假，请核对。")

_NAME = r"(?:元旦|春节|清明节?|(?:五一)?(?:国际)?劳动节|端午节?|中秋节?|国庆节?)"
_ITEM = re.compile(rf"(?P<name>{_NAME}(?:[、和]{_NAME})*)\s*:")
_YEAR = re.compile(r"(\d{4})\s*年(?=(?:部分)?节假日|放假|元旦)")
_DAY = re.compile(
    r"(?P<to>至)?(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:\((?P<beside>[^)]*)\))?"
)
_COUNT = re.compile(r"(?:共|放假)(\d+)天")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"


def is_notice(text: str) -> bool:
    return bool(_ITEM.search(_plain(text)))


def read_notice(text: str, of: int | None = None) -> tuple[int, list[Holiday]]:
    """The year, and its days; `of` is the year in the file's name. Raises TableUnclear."""
    plain = _plain(text)
    found = _YEAR.search(plain)
    year, items = int(found[1]) if found else of, [*_ITEM.finditer(plain)]
    if year is None:
        raise TableUnclear([Fault(0, NO_YEAR)])
    ends = [item.start() for item in items[1:]] + [len(plain)]
    days: dict[date, Holiday] = {}
    for item, end in zip(items, ends, strict=True):
        line = plain.count("\n", 0, item.start()) + 1
        said = re.sub(r"\s", "", plain[item.end() : end])
        days |= {one.day: one for one in _days_of(year, line, item["name"], said)}
    return year, [days[day] for day in sorted(days)]


def _days_of(year: int, line: int, name: str, said: str) -> list[Holiday]:
    days: list[Holiday] = []
    for clause in re.split("[。;,]", said):
        kind: Kind | None = "off" if "放假" in clause else "working" if "上班" in clause else None
        days += [Holiday(day, name, kind) for day in _days_in(year, line, clause)] if kind else []
    counted = sum(one.kind == "off" for one in days)
    if not counted:
        raise TableUnclear([Fault(line, NO_DAY_OFF, {"name": name})])
    count = _COUNT.search(said)
    if count and int(count[1]) != counted:
        raise TableUnclear([Fault(line, OTHER_COUNT, {"said": count[1], "counted": counted})])
    return days


def _days_in(year: int, line: int, clause: str) -> Iterator[date]:
    """Each day, and all of "10月1日至7日"; a day without its month is of the month before it."""
    month, last = 0, None
    for found in _DAY.finditer(clause):
        year, month = int(found["year"] or year), int(found["month"] or month)
        day = _the_day(year, month, line, found)
        while found["to"] and last and last + timedelta(days=1) < day:
            last += timedelta(days=1)
            yield last
        yield day
        last = day


def _the_day(year: int, month: int, line: int, found: Match[str]) -> date:
    try:
        day = date(year, month, int(found["day"]))
    except ValueError:
        raise TableUnclear([Fault(line, NO_SUCH_DAY, {"written": found[0].removeprefix("至")})]) from None
    beside = _WEEKDAY.search(found["beside"] or "")
    if beside and day.weekday() != _WEEKDAYS.index(beside[1].replace("天", "日")):
        raise TableUnclear([Fault(line, OTHER_WEEKDAY, {"day": day, "weekday": beside[0]})])
    return day


def _plain(text: str) -> str:
    """With its brackets whole: a clause ends at a comma, but not at one inside of them."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"\([^)]*\)", lambda beside: beside[0].replace(",", "、"), plain)
