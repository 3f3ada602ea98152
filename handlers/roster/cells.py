"""What stands in a cell, whatever the spreadsheet has made of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number

from content.rules.phones import HOME, as_e164

Merged = tuple[tuple[int, int], tuple[int, int]]

# Beyond this, merged cells are a trap or a mistake, and spreading them would take minutes.
SPREAD_CELLS = 1_000_000

# Far more than any field takes: a text of 32,000 signs over a hundred thousand merged cells takes minutes.
LONGEST_READ = 1_000

_SAYS_NOTHING = re.compile(
    r"[-\u2014\u2013_/\\\uff0f\u3001.\u3002\u2026]+"
    r"|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|GETTING_DATA|SPILL!)"
)
_EXTENSION = re.compile(r"(?<!\d)(\(?0\d{2,3}\)?[- ]?\d{7,8})(?:[-—*#]|转)\d{1,5}(?!\d)")
_EXPONENT = re.compile(r"\d(?:\.(\d+))?[eE]\+?(\d{1,2})")


def as_text(cell: object) -> str:
    """The cell as one line of text. Numbers lose the `.0` they never had.

    A broken formula says nothing, nor does a stroke where nothing was to be written.
    """
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = " ".join(str(cell)[:LONGEST_READ].split())
    return "" if _SAYS_NOTHING.fullmatch(text) else text


def to_the_letter(cell: object) -> str:
    """The cell as a program finds it again, unshortened; a number without the `.0` it never had."""
    return cell if isinstance(cell, str) else as_text(cell) or str(cell)


@lru_cache(maxsize=1024)  # one liaison's number stands in a hundred rows
def phones_in(text: str) -> tuple[tuple[str, str], ...]:
    """The valid numbers in a text, in order: each as written there and as E.164."""
    plain = unicodedata.normalize("NFKC", text)
    if shortened := _EXPONENT.fullmatch(plain):
        if len(shortened[1] or "") < int(shortened[2]):
            return ()  # 1.39E+10 has lost its last digits: filled up with noughts it is a stranger's
        plain = str(int(Decimal(plain)))
    if plain.isdecimal():
        e164 = as_e164(plain)
        return ((plain, e164),) if e164 else ()
    plain = _EXTENSION.sub(r"\1", plain)
    return tuple(
        (found.raw_string, format_number(found.number, PhoneNumberFormat.E164))
        for found in PhoneNumberMatcher(plain, HOME)
    )


def without(text: str, numbers: Iterable[str]) -> str:
    """The words of a cell in which somebody wrote a number beside a name."""
    rest = unicodedata.normalize("NFKC", text)
    for number in numbers:
        rest = rest.replace(number, " ")
    if rest.count("(") != rest.count(")") or re.search(r"\(\s*\)", rest):
        rest = re.sub("[()]", " ", rest)  # what is left of brackets around a number
    return re.sub(r"^[^\w(]+|[^\w)]+$|^_+|_+$", "", rest).strip()


def spread_merged(rows: list[list[Any]], ranges: Sequence[Merged] | None) -> None:
    """Puts what is written in a merged cell into each cell it covers, in place.

    A branch's name is merged over its members; unspread, only the first of them would have a branch.
    """
    budget = SPREAD_CELLS
    for (top, left), (bottom, right) in ranges or ():
        covered = rows[top : bottom + 1]
        budget -= len(covered) * (right - left + 1)
        if budget < 0:
            return
        for row in covered:
            row[left : right + 1] = [_at(rows[top], left)] * len(row[left : right + 1])


def _at(row: Sequence[Any], column: int) -> Any:
    return row[column] if column < len(row) else ""
