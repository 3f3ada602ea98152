"""Opens what a clerk sent without letting it hurt: size, kind and extent are looked at before it is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from handlers.roster.extent import grid_is_too_large, text_is_too_large
from handlers.roster.unreadable import NotAWorkbook, OldWorkbook, WorkbookLocked, WorkbookTooLarge

ROWS = 100_000
FILE_BYTES = 10 * 2**20
UNPACKED_BYTES = 120 * 2**20
# A roster shrinks to a tenth or so; what shrinks to a hundredth is blanks, which take seconds to look at.
SHRINKS_TO = 100
SMALL_BYTES = 8 * 2**20
MEMBERS = 1_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = 0x1
_UNPACKABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Met with files damaged at random, each of them; an unnamed one would cost the clerk the line that helps.
_DAMAGED = (
    CalamineError,  # whole, but no workbook inside
    zipfile.BadZipFile,  # half a file, or bytes that fail their checksum
    zlib.error,  # a packed part that cannot be unpacked
    EOFError,  # a packed part that ends too early
    NotImplementedError,  # a version or a way of packing that no office program writes
    ValueError,  # a place before the file's beginning, a name that is no text
)


def open_workbook(content: bytes) -> CalamineWorkbook:
    """The workbook, safe to read. Raises one of WorkbookUnreadable."""
    if len(content) > FILE_BYTES:
        raise WorkbookTooLarge(limit=ROWS)
    if content.startswith(_OLE):
        raise _what_is_in_the_ole(content)
    try:
        return load_workbook(io.BytesIO(_only_what_was_looked_at(content)))
    except _DAMAGED:
        raise NotAWorkbook from None


def _what_is_in_the_ole(content: bytes) -> NotAWorkbook | OldWorkbook | WorkbookLocked:
    if _utf16("EncryptedPackage") in content:
        return WorkbookLocked()
    return OldWorkbook() if _utf16("Workbook") in content or _utf16("Book") in content else NotAWorkbook()


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _only_what_was_looked_at(content: bytes) -> bytes:
    """The file packed anew: the reader sees the very bytes that were counted, not what a false header hid."""
    looked_at = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as sent, zipfile.ZipFile(looked_at, "w") as packed:
        parts = dict(_parts(sent))
        if text_is_too_large(parts.values()) or grid_is_too_large(parts.values(), ROWS):
            raise WorkbookTooLarge(limit=ROWS)
        for name, text in parts.items():
            packed.writestr(name, text)
    return looked_at.getvalue()


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The XML of a workbook, by name; pictures, macros and whatever else stay unopened."""
    wanted = {m.filename: m for m in archive.infolist() if m.filename.endswith((".xml", ".rels"))}
    if "xl/workbook.xml" not in wanted:
        raise NotAWorkbook
    if len(wanted) > MEMBERS or _is_a_bomb([*wanted.values()]):
        raise WorkbookTooLarge(limit=ROWS)
    for name, member in wanted.items():
        if member.flag_bits & _ENCRYPTED:
            raise WorkbookLocked
        if member.compress_type not in _UNPACKABLE:
            raise NotAWorkbook
        with archive.open(member) as unpacking:
            yield name, unpacking.read(member.file_size)


def _is_a_bomb(members: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    return unpacked > min(UNPACKED_BYTES, max(SMALL_BYTES, packed * SHRINKS_TO))
