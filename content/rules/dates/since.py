"""The month since which something lasts: 2023年3月, 2023.3, 去年3月, 三年前. It lies behind."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from content.rules.dates.finding import find_date
from content.rules.dates.numerals import NUMERAL, number
from content.rules.dates.reach import months_later

_EARLIEST = 1950
_YEAR_MONTH = re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)\s*[年./-]\s*(?P<m>1[0-2]|0?[1-9])(?!\d)")
_ONLY_YEAR = re.compile(r"(?<!\d)(?P<y>19\d\d|20\d\d)年?(?:初|底|以来|就|开始|$|,|。)")
_AGO = re.compile(rf"(?P<n>{NUMERAL}|半)(?P<unit>年|个?月)(?:半)?(?:多|来)?(?:前|了|以前|之前)")


def find_since(text: str, as_of: date) -> date | None:
    """The first of that month; None where no month behind us is named."""
    plain = unicodedata.normalize("NFKC", text)
    found = _year_month(plain) or _ago(plain, as_of) or _day(plain, as_of)
    if found is None or found > as_of or found.year < _EARLIEST:
        return None
    return found.replace(day=1)


def _year_month(plain: str) -> date | None:
    if match := _YEAR_MONTH.search(plain):
        return date(int(match["y"]), int(match["m"]), 1)
    only = _ONLY_YEAR.search(plain)
    return date(int(only["y"]), 1, 1) if only else None


def _ago(plain: str, as_of: date) -> date | None:
    match = _AGO.search(plain)
    if match is None:
        return None
    months = 12 if match["unit"] == "年" else 1
    n = months // 2 if match["n"] == "半" else (number(match["n"]) or 0) * months
    return months_later(as_of, -n) if n else None


def _day(plain: str, as_of: date) -> date | None:
    """A month without its year was the last one of that name."""
    found = find_date(plain, as_of)
    return months_later(found, -12) if found and found > as_of else found
