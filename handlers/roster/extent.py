"""How much a workbook would take in memory once it is read, told from its packed parts before reading.

The reader ends the whole process when memory runs out, not one turn: members would go unheard.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import pairwise

from handlers.roster.unreadable import NotAWorkbook

# The reader lays a sheet out as a full grid of 32 bytes a cell: two words typed at A1 and at the far
# corner take 32 GB.
CELLS = 3_200_000
# Titles above the header and notes below the last person.
ROWS_AROUND = 200
# Each cell gets a copy of its text: one long text that a hundred thousand cells share is theirs in full.
TEXT_BYTES = 256 * 2**20
MERGED = 200_000

_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_CELL_WITHOUT_PLACE = re.compile(rb"<(?:[^\s<>/]*:)?c(?=[\s/>])(?![^>]*\sr\s*=)")
_SHARED = re.compile(rb"<(?:[^\s<>/]*:)?v[^>]*>\s*(\d{1,7})\s*<")
_TEXT_BEGINS = re.compile(rb"<(?:[^\s<>/]*:)?si(?=[\s/>])")
_VALUE_ENDS = re.compile(rb"</(?:[^\s<>/]*:)?v\s*>")


def grid_is_too_large(parts: Collection[bytes], rows_at_most: int) -> bool:
    """Whether all sheets together have more cells, or one has more rows or merged ranges, than we read.

    Raises NotAWorkbook.
    """
    cells = 0
    for sheet in _sheets(parts):
        if sheet.count(b"mergeCell ") > MERGED:
            return True
        rows, columns = _farthest(sheet, rows_at_most + ROWS_AROUND)
        cells += rows * columns
        if cells > CELLS or rows > rows_at_most + ROWS_AROUND:
            return True
    return False


def text_is_too_large(parts: Collection[bytes]) -> bool:
    """Whether the texts that cells share would take too much, each copied into every cell that has it."""
    lengths = [length for part in parts if b"sst" in part for length in _lengths(part)]
    if not lengths:
        return False
    values = sum(sheet.count(b"v>") for sheet in _sheets(parts))
    return max(lengths) * values > TEXT_BYTES and _shared_bytes(parts, lengths) > TEXT_BYTES


def _lengths(texts: bytes) -> list[int]:
    starts = [found.start() for found in _TEXT_BEGINS.finditer(texts)]
    return [end - start for start, end in pairwise([*starts, len(texts)])]


def _shared_bytes(parts: Collection[bytes], lengths: list[int]) -> int:
    """Text by text, until it is too much; a value that is not understood may be the longest of them."""
    longest, taken = max(lengths), 0
    for sheet in _sheets(parts):
        not_understood = len(_VALUE_ENDS.findall(sheet))
        for found in _SHARED.finditer(sheet):
            at = int(found[1])
            taken += lengths[at] if at < len(lengths) else 0
            not_understood -= 1
            if taken > TEXT_BYTES:
                return taken
        taken += not_understood * longest
    return taken


def _sheets(parts: Collection[bytes]) -> list[bytes]:
    """By what is in them: which part is a sheet, a workbook may name as it likes."""
    return [part for part in parts if b"sheetData" in part]


def _farthest(sheet: bytes, enough: int) -> tuple[int, int]:
    """Rows and columns of a grid from A1 to the farthest place named in this sheet.

    Nothing is looked for any more below the row `enough`.
    """
    letters: set[bytes] = set()
    rows = 0
    for place in _PLACE.finditer(sheet):
        letters.add(place[1])
        rows = max(rows, int(place[2]))
        if rows > enough:
            return rows, 0
    if _CELL_WITHOUT_PLACE.search(sheet):
        raise NotAWorkbook  # no office program leaves the place out, and without it nothing can be counted
    return rows, max(map(_column, letters), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
