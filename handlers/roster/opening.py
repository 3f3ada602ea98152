"""Opens what a clerk sent without letting it hurt: size, kind and extent are looked at before it is read."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from handlers.roster.unreadable import NotAWorkbook, OldWorkbook, WorkbookLocked, WorkbookTooLarge

ROWS = 100_000
FILE_BYTES = 10 * 2**20
UNPACKED_BYTES = 200 * 2**20
MEMBERS = 1_000
# The reader lays a sheet out as a full grid of 32 bytes a cell: two words typed at A1 and at the far
# corner take 32 GB, and running out of memory there ends the whole process, not one turn.
CELLS = 5_000_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"']")
_CELL_WITHOUT_PLACE = re.compile(rb"<(?:[^\s<>/]*:)?c(?=[\s/>])(?![^>]*\sr\s*=)")
_UNPACKABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def open_workbook(content: bytes) -> CalamineWorkbook:
    """The workbook, safe to read. Raises one of WorkbookUnreadable."""
    if len(content) > FILE_BYTES:
        raise WorkbookTooLarge(limit=ROWS)
    if content.startswith(_OLE):
        raise _what_is_in_the_ole(content)
    try:
        return load_workbook(io.BytesIO(_only_what_was_looked_at(content)))
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise NotAWorkbook from None


def _what_is_in_the_ole(content: bytes) -> NotAWorkbook | OldWorkbook | WorkbookLocked:
    if _utf16("EncryptedPackage") in content:
        return WorkbookLocked()
    return OldWorkbook() if _utf16("Workbook") in content or _utf16("Book") in content else NotAWorkbook()


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _only_what_was_looked_at(content: bytes) -> bytes:
    """The file packed anew: the reader sees the very bytes that were counted, not what a false header hid."""
    looked_at, cells = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(content)) as sent, zipfile.ZipFile(looked_at, "w") as packed:
        for name, text in _members(sent):
            cells += _extent(text)
            if cells > CELLS:
                raise WorkbookTooLarge(limit=ROWS)
            packed.writestr(name, text)
    return looked_at.getvalue()


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The XML of a workbook, by name; pictures, macros and whatever else stay unopened."""
    wanted = {m.filename: m for m in archive.infolist() if m.filename.endswith((".xml", ".rels"))}
    if "xl/workbook.xml" not in wanted:
        raise NotAWorkbook
    if len(wanted) > MEMBERS or sum(m.file_size for m in wanted.values()) > UNPACKED_BYTES:
        raise WorkbookTooLarge(limit=ROWS)
    for name, member in wanted.items():
        if member.compress_type not in _UNPACKABLE:
            raise NotAWorkbook
        with archive.open(member) as unpacking:
            yield name, unpacking.read(member.file_size)


def _extent(text: bytes) -> int:
    """How many cells a grid from A1 to the farthest place named in this text has."""
    if _CELL_WITHOUT_PLACE.search(text):
        raise NotAWorkbook  # no office program leaves the place out, and without it nothing can be counted
    letters: set[bytes] = set()
    rows = 0
    for place in _PLACE.finditer(text):
        letters.add(place[1])
        rows = max(rows, int(place[2]))
    return rows * max(map(_column, letters), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
