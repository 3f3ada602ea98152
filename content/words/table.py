"""Tables for a terminal in which Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows under their header, each column as wide as its widest cell; the last one runs free."""
    every = [header, *rows]
    widths = [max(width(row[at]) for row in every) for at in range(len(header) - 1)]
    return "\n".join(_line(row, widths) for row in every)


def width(text: str) -> int:
    """Columns on the screen; an accent that sits on another letter takes none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=False)]
    return _GAP.join([*padded, row[-1]]).rstrip()
