"""Dates as clerks write them: 2026.3, 2026年3月5日, 2026/3/5, a serial number, or a real date."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from content.words.catalogue import N_

NOT_A_DATE = N_("日期看不明白，请写成“2026年3月5日”或“2026年3月”。")
JANUARY_OR_OCTOBER = N_("分不清是1月还是10月，请写成“2026年10月”这样。")
NO_SUCH_DAY = N_("没有这一天，请核对。")

# The party was founded in 1921: nothing on a roster is older.
FIRST_YEAR, LAST_YEAR = 1921, 2100
# Excel counts days from here; its own 29 February 1900 never was.
_DAY_ZERO = date(1899, 12, 30)

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
_SINCE = r"(?:份|初|中旬|底|起|至今|以来|左右)*"
_WRITTEN = re.compile(
    rf"(\d{{4}})\s*[年./、。·—–\s-]\s*(\d{{1,2}})"
    rf"(?:\s*[月./、。·—–\s-]\s*(\d{{1,2}})\s*[日号]?{_TIME}|\s*月?){_SINCE}"
)
_IN_CHARACTERS = re.compile(
    r"([二一12][〇零○oO0-9一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3}|\d{1,2})月(.*)"
)
_NUMERALS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
# 26年3月5日 and 26.3.5; 26.3 may be a price. Who joined before 1940 is no longer on the move.
_SHORT_YEAR = re.compile(r"(\d{2})(?=年\s*\d{1,2}\s*月|\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}$)")
_FIRST_SHORT_YEAR = 40
_DUES = re.compile(r"^党费|已|[交缴]纳?[至到清]|截至|止$")


class DateUnclear(ValueError):
    """Something is written that cannot be one date; its message is the reason, for the clerk."""


def as_date(cell: object) -> date | None:
    """The day, or the first of a month without a day; None where nothing is written. Raises DateUnclear."""
    if isinstance(cell, datetime):
        return _within(cell.date())
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(float(cell))
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    return _from_text(text) if text else None


def as_month(cell: object) -> date | None:
    """The first of the month that dues are paid to: 交至2026年6月, 2026.6. Raises DateUnclear."""
    paid_to = as_date(_DUES.sub("", cell.strip()) or cell if isinstance(cell, str) else cell)
    return paid_to.replace(day=1) if paid_to else None


def _from_number(number: float) -> date:
    if 10_000 <= number < 100_000:
        return _within(_DAY_ZERO + timedelta(days=int(number)))
    if number.is_integer():
        return _from_text(str(int(number)))
    if round(number % 1, 4) == 0.1:
        # 2026.10 typed into a cell becomes the number 2026.1, and October is gone.
        raise DateUnclear(JANUARY_OR_OCTOBER)
    return _from_text(str(number))


def _from_text(text: str) -> date:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_number(float(text))
    text = _with_whole_year(_in_figures(text.replace(",", ".")))
    found = _WRITTEN.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if not found:
        raise DateUnclear(NOT_A_DATE)
    try:
        return _within(date(int(found[1]), int(found[2]), int(found[3] or 1)))
    except ValueError:
        raise DateUnclear(NO_SUCH_DAY) from None


def _with_whole_year(text: str) -> str:
    found = _SHORT_YEAR.match(text)
    if not found:
        return text
    return f"{'19' if int(found[1]) >= _FIRST_SHORT_YEAR else '20'}{text}"


def _in_figures(text: str) -> str:
    """二〇二六年三月五日 as 2026年3月5日."""
    found = _IN_CHARACTERS.fullmatch(text)
    if not found:
        return text
    year = found[1].translate(_NUMERALS)
    rest = re.sub(r"^([一二三四五六七八九十]{1,3})(?=[日号])", lambda day: _count(day[1]), found[3])
    return f"{year}年{_count(found[2])}月{rest}"


def _count(written: str) -> str:
    """三, 十, 十二 or 二十一 in figures."""
    tens, ten, ones = written.rpartition("十")
    figures = (tens or "1") + (ones or "0") if ten else written
    return figures.translate(_NUMERALS)


def _within(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DateUnclear(NO_SUCH_DAY)
    return day
