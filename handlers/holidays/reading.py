"""What an operator brings as the table of a year: which of the three kinds it is, and what stands in it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from content.rules.holidays import Holiday, by_law, lacking
from content.rules.plain_text import text_of
from content.words.catalogue import N_
from handlers.holidays.notice import is_notice, read_notice
from handlers.holidays.rows import read_rows
from handlers.holidays.spans import year_in
from handlers.holidays.unclear import Fault, TableUnclear
from handlers.roster.reading import grids_of

TOO_LONG = N_("文件太大了，不像一年的放假安排。")
OTHER_CENTURY = N_("{year} 年？请核对年份。")
NOT_TEXT = N_("看不出是什么文件。请用 .xlsx 表格，或存成文本文件（UTF-8）。")

_LARGEST = 1_000_000
_YEARS = range(2000, 2100)
_WORKBOOK = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
_TO = re.compile(r"\s*(?:[至到~～—–―]+|\bto\b)\s*|\s+[-－]+\s+")
_APART = re.compile(r"[,;\t ]\s*")


@dataclass(frozen=True, slots=True)
class YearTable:
    """`year` is the one that it was made for: New Year's holiday may begin in the December before."""

    year: int
    days: tuple[Holiday, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The holidays of the law of which it knows no day."""
        return lacking(self.year, {one.day for one in self.days if one.kind == "off"})

    @property
    def missing(self) -> dict[date, str]:
        """The days that the law names and the table does not."""
        off = {one.day for one in self.days if one.kind == "off"}
        return {day: name for day, name in by_law(self.year).items() if day not in off}


def read_table(content: bytes, name: str = "") -> YearTable:
    """`name` is the file's: 2027.txt says of which year it is. Raises TableUnclear, or WorkbookUnreadable."""
    of = year_in(name)
    if len(content) > _LARGEST:
        raise TableUnclear([Fault(0, TOO_LONG)])
    if content.startswith(_WORKBOOK):
        year, days = read_rows(_first_sheet(content), of)
    else:
        text = _text_of(content)
        year, days = read_notice(text, of) if is_notice(text) else read_rows(_lines(text), of)
    if year not in _YEARS:
        raise TableUnclear([Fault(0, OTHER_CENTURY, {"year": year})])
    return YearTable(year, tuple(days))


def _first_sheet(content: bytes) -> Iterator[tuple[int, list[object]]]:
    rows = next(iter(grids_of(content).values()))
    for number, row in enumerate(rows, 1):
        if any(cell not in ("", None) for cell in row):
            yield number, row


def _text_of(content: bytes) -> str:
    text = text_of(content)
    if text is None:
        raise TableUnclear([Fault(0, NOT_TEXT)])
    return text


def _lines(text: str) -> Iterator[tuple[int, list[object]]]:
    for number, line in enumerate(text.replace("\uff0c", ",").splitlines(), 1):
        said = _TO.sub("~", line.partition("#")[0]).strip()
        if said:
            cells: list[object] = []
            cells += next(csv.reader([said])) if '"' in said else _APART.split(said)
            yield number, cells
