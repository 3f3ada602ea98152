"""A day of a holiday table, or the first and last of several, in the ways in which clerks write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from re import Match

from content.words.catalogue import N_
from handlers.holidays.unclear import NO_SUCH_DAY

NOT_A_DAY = N_("日期“{written}”看不明白，请写成 2027-01-01，或 2027-02-05至2027-02-12。")
WITHOUT_YEAR = N_("“{written}”没有写年份。请写上，或在第一行写“2027年放假安排”，或把年份写进文件名。")

_YEAR = r"(?P<{0}year>\d{{4}})\s*[年./-]\s*"
_MONTH = r"(?P<{0}month>\d{{1,2}})\s*[月./-]\s*"
_DAY = r"(?P<{0}day>\d{{1,2}})\s*日?"
_AT_ONCE = r"(?P<{0}whole>\d{{8}})"
_TO = r"\s*(?:[至到~—–―-]+|\bto\b)\s*"
# The last of several may leave out what it has in common with the first.
_FIRST = rf"(?:{_AT_ONCE}|(?:{_YEAR})?{_MONTH}{_DAY})".format("first_")
_LAST = rf"(?:{_AT_ONCE}|(?:(?:{_YEAR})?{_MONTH})?{_DAY})".format("last_")
_SPAN = re.compile(rf"\s*{_FIRST}(?:{_TO}{_LAST})?\s*")
# 10月1日（周五）: said besides, and often wrong.
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?")
_A_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_DECEMBER = 12


class SpanUnclear(Exception):
    """`about` fills the reason in."""

    def __init__(self, reason: str, **about: object) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about


def year_in(text: str) -> int | None:
    """The one year that is written there."""
    found = set(_A_YEAR.findall(text))
    return int(found.pop()) if len(found) == 1 else None


def span(written: str, year: int | None) -> tuple[date, date]:
    """`year` is that of the table, for days that are written without one. Raises SpanUnclear."""
    found = _SPAN.fullmatch(_WEEKDAY.sub("", unicodedata.normalize("NFKC", written)))
    if found is None:
        raise SpanUnclear(NOT_A_DAY, written=written)
    its_year = _number(found, "first_year") or _number(found, "last_year") or year
    if its_year is None and not found["first_whole"]:
        raise SpanUnclear(WITHOUT_YEAR, written=written)
    last_month = _number(found, "last_month") or _number(found, "first_month")
    if not found["first_year"] and _number(found, "first_month") == _DECEMBER and last_month != _DECEMBER:
        its_year = (its_year or 0) - 1  # New Year's holiday, which begins in the year before
    try:
        first = _the_day(found, "first_", its_year, None)
        return first, _last(found, first)
    except ValueError:
        raise SpanUnclear(NO_SUCH_DAY, written=written) from None


def _last(found: Match[str], first: date) -> date:
    if not (found["last_whole"] or found["last_day"]):
        return first
    over_new_year = (_number(found, "last_month") or first.month) < first.month
    return _the_day(found, "last_", first.year + over_new_year, first.month)


def _the_day(found: Match[str], which: str, year: int | None, month: int | None) -> date:
    if whole := found[f"{which}whole"]:
        return date(int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    return date(
        _number(found, f"{which}year") or year or 0,
        _number(found, f"{which}month") or month or 0,
        _number(found, f"{which}day"),
    )


def _number(found: Match[str], name: str) -> int:
    return int(found[name] or 0)
