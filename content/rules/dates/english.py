"""Spans of time as English has them: two weeks, 10 days, half a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from content.rules.dates.reach import months_later

_NUMBERS = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
_NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "twelve": 12}
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_SPAN = re.compile(
    rf"(?<![\w.])(?:(?P<half>half an?)|(?P<n>\d{{1,3}}|{_WORDS}))\s+(?P<unit>day|week|month|year)s?\b"
    r"(?!\s+(?:ago|late|old|overdue|behind|before|since))",
    re.IGNORECASE,
)
_MONTHS = {"month": 1, "year": 12}
_LONGEST = 240


def english_spans(text: str, as_of: date) -> Iterator[date]:
    """The day on which each span ends. What is gone, or owed, lasts no longer: two months late."""
    for match in _SPAN.finditer(text):
        unit = match["unit"].lower()
        if match["half"]:
            yield months_later(as_of, 6) if unit == "year" else as_of + timedelta(days=15)
        elif unit in _MONTHS:
            yield months_later(as_of, min(_count(match["n"]) * _MONTHS[unit], _LONGEST))
        else:
            yield as_of + timedelta(days=_count(match["n"]) * (7 if unit == "week" else 1))


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written.lower()]
