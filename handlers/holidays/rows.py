"""Reads a table of holidays row by row: the day or the first and last of several, the name, 放假 or 上班."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from content.rules.holidays import Holiday, Kind
from content.words.catalogue import N_
from handlers.holidays.columns import laid_out
from handlers.holidays.spans import NOT_A_DAY, SpanUnclear, span, year_in
from handlers.holidays.unclear import Fault, TableUnclear
from handlers.roster.cells import as_text
from handlers.roster.dates import DateUnclear, as_date

NO_NAME = N_("没有写是什么节。")
NOT_A_KIND = N_("“{written}”看不明白，请写“放假”或“上班”。")
WRONG_WAY_ROUND = N_("“{written}”的头一天在后一天后面，请核对。")
TWICE = N_("{day} 写了两遍，请留一行。")
SEVERAL_YEARS = N_("里面有几个年份：{years}。请一年一个文件。")
NO_WEEKEND = N_("{day} 不是周末，本来就上班，请核对年份和日期。")
NOTHING = N_("里面一天也没有。请写上日期、节名、放假或上班，一天一行。")

# 调休 alone may be either: whoever takes one for the other is woken, or not told.
_EITHER = ("调休", "调")
_WORKING = re.compile(r"班|工作日|working|workday")
_OFF = re.compile(r"休|假|off|holiday")
_BARE = re.compile(r"\s*20\d\d\s*年?\s*")
# "2027年放假安排", over the whole width: a year, but no day.
_TITLE = re.compile(r"\D*\d{4}\s*年(?!\s*\d).*(?:安排|放假|假期|假日)\D*")
_LONGEST = 31
_SATURDAY = 5
_DECEMBER = 12


def read_rows(
    rows: Iterable[tuple[int, Sequence[object]]], year: int | None = None
) -> tuple[int, list[Holiday]]:
    """The year, and its days. Raises TableUnclear with every fault there is.

    `year` is the one in the file's name; what a title says goes before it. A day may be written without.
    """
    taken: dict[date, Holiday] = {}
    faults: list[Fault] = []
    for number, cells in laid_out(rows):
        try:
            year = _titled(cells) or year
            for one in _days_of(cells, year, bool(taken)):
                if one.day in taken:
                    raise _Wrong(TWICE, day=one.day)
                taken[one.day] = one
        except (_Wrong, SpanUnclear) as wrong:
            faults.append(Fault(number, wrong.reason, wrong.about))
    if not faults:
        faults += _of_the_whole(taken)
    if faults:
        raise TableUnclear(faults)
    days = [taken[day] for day in sorted(taken)]
    return days[-1].day.year, days


class _Wrong(Exception):
    """A row that is not taken."""

    def __init__(self, reason: str, **about: object) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


def _titled(cells: Sequence[object]) -> int | None:
    """The year in a title, or in a row in which nothing else stands."""
    text, *others = [as_text(cell) for cell in cells]
    return year_in(text) if _TITLE.fullmatch(text) or (_BARE.fullmatch(text) and not any(others)) else None


def _days_of(cells: Sequence[object], year: int | None, has_begun: bool) -> Iterator[Holiday]:
    """Once the table `has_begun`, what is no day is no header: it would be lost without a word."""
    texts = [as_text(cell) for cell in cells]
    if not any(texts) or _titled(cells):
        return
    if not has_begun and not any(re.search(r"\d", text) for text in texts):
        return  # the header
    first, last = _span(cells[0], texts[0], year)
    name, kind = (*texts[1:3], "", "")[:2]
    if not name:
        raise _Wrong(NO_NAME)
    while first <= last:
        yield _holiday(first, name, _kind(kind))
        first += timedelta(days=1)


def _holiday(day: date, name: str, kind: Kind) -> Holiday:
    """Only a weekend's day is worked instead: another one was written down in the wrong year or line."""
    if kind == "working" and day.weekday() < _SATURDAY:
        raise _Wrong(NO_WEEKEND, day=day)
    return Holiday(day, name, kind)


def _span(cell: object, text: str, year: int | None) -> tuple[date, date]:
    if isinstance(cell, str):
        first, last = span(cell, year)
    else:
        first = last = _of_a_workbook(cell)
    if first > last or (last - first).days > _LONGEST:
        raise _Wrong(WRONG_WAY_ROUND, written=text)
    return first, last


def _of_a_workbook(cell: object) -> date:
    try:
        day = as_date(cell)
    except DateUnclear:
        day = None
    if day is None:
        raise _Wrong(NOT_A_DAY, written=as_text(cell))
    return day


def _kind(written: str) -> Kind:
    said = written.casefold()
    if _WORKING.search(said):
        return "working"
    if not said or (said not in _EITHER and _OFF.search(said)):
        return "off"
    raise _Wrong(NOT_A_KIND, written=written)


def _of_the_whole(taken: Iterable[date]) -> list[Fault]:
    """New Year's holiday may begin in the December before; else one file is of one year."""
    days = sorted(taken)
    if not days:
        return [Fault(0, NOTHING)]
    year = days[-1].year
    if all(day.year == year or (day.year == year - 1 and day.month == _DECEMBER) for day in days):
        return []
    years = ", ".join(map(str, sorted({day.year for day in days})))
    return [Fault(0, SEVERAL_YEARS, {"years": years})]
