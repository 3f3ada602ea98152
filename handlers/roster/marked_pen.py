"""How cells are written into a marked workbook. What a person typed is text, and never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

_COLOURS = {"plain": {}, "refused": {"bg_color": "#F8CBAD"}, "unclear": {"bg_color": "#FFE699"}}
_DAY = "yyyy-mm-dd"
# Beyond 15 digits a number in a workbook loses its last ones.
_DIGITS = 15
NARROW, WIDE, REASONS = 6, 30, 70


class Pen:
    def __init__(self, book: Any) -> None:
        self._plain = {name: book.add_format(colour) for name, colour in _COLOURS.items()}
        self._day = {n: book.add_format({**c, "num_format": _DAY}) for n, c in _COLOURS.items()}
        self._number = {n: book.add_format({**c, "num_format": "0"}) for n, c in _COLOURS.items()}
        self._note = book.add_format({"text_wrap": True, "valign": "top"})
        self._header = book.add_format({"bold": True, "text_wrap": True, "border": 1})

    def cell(self, sheet: Any, row: int, column: int, said: object, colour: str) -> None:
        """As the clerk has it: numbers stay numbers, days stay days."""
        if isinstance(said, date):
            day = said.replace(tzinfo=None) if isinstance(said, datetime) else said
            sheet.write_datetime(row, column, day, self._day[colour])
        elif isinstance(said, int | float) and not isinstance(said, bool) and abs(said) < 10**_DIGITS:
            whole = float(said).is_integer()
            sheet.write_number(row, column, said, (self._number if whole else self._plain)[colour])
        elif said in ("", None):
            sheet.write_blank(row, column, None, self._plain[colour])
        else:
            shown = said if isinstance(said, str | time | timedelta) else repr(said)
            sheet.write_string(row, column, str(shown), self._plain[colour])

    def header(self, sheet: Any, row: int, labels: Sequence[object], column: int = 0) -> None:
        for at, label in enumerate(labels, column):
            sheet.write_string(row, at, str(label), self._header)

    def note(self, sheet: Any, row: int, column: int, text: str) -> None:
        sheet.write_string(row, column, text, self._note)

    def widths(self, sheet: Any, wanted: Sequence[int]) -> None:
        """In characters; behind the clerk's columns come the outcome and the reasons."""
        for at, wide in enumerate(wanted):
            sheet.set_column(at, at, min(max(wide + 2, NARROW), WIDE))
        sheet.set_column(len(wanted), len(wanted), WIDE)
        sheet.set_column(len(wanted) + 1, len(wanted) + 1, REASONS)
