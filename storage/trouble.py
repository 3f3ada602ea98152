"""What keeps a database from taking anything in, in one word."""

from __future__ import annotations

import sqlite3
from typing import Literal

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NobodyLetUsIn

from storage.database_file import NO_ROOM, DatabaseOutOfReach

# The disk is full; another has it locked; it may be read alone; the disk fails; the file is no sound
# database any more; the server is away.
Trouble = Literal["full", "held", "read_only", "broken", "damaged", "away"]

_OF_SQLITE: dict[int, Trouble] = {
    sqlite3.SQLITE_BUSY: "held",
    sqlite3.SQLITE_LOCKED: "held",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_PERM: "read_only",
    sqlite3.SQLITE_CANTOPEN: "broken",
    sqlite3.SQLITE_IOERR: "broken",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
# PostgreSQL's SQLSTATE, or how it begins: the manual, appendix A.
_OF_POSTGRES: tuple[tuple[str, Trouble], ...] = (
    ("53100", "full"), ("55P03", "held"), ("25006", "read_only"), ("58", "broken"), ("XX", "damaged"),
    ("08", "away"), ("53", "away"), ("57P", "away"), ("3D", "away"), ("28", "away"),
)  # fmt: skip


def trouble_of(error: BaseException) -> Trouble | None:
    """Which trouble of the database itself it is; None where it is a fault of ours, or of one message."""
    if isinstance(error, NobodyLetUsIn):
        return "held"
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        # Above the low byte stands which of its kind it is.
        return "full" if code in NO_ROOM else _OF_SQLITE.get(code & 0xFF)
    if isinstance(error, DBAPIError):
        return _of_the_driver(error)
    return "away" if isinstance(error, DatabaseOutOfReach) else None


def will_pass(error: BaseException) -> bool:
    """Whether nothing is wrong with what was to be written: it goes in as it is once that is over."""
    return trouble_of(error) not in (None, "damaged")


def _of_the_driver(error: DBAPIError) -> Trouble | None:
    if isinstance(error.orig, sqlite3.Error):
        return trouble_of(error.orig)
    state = getattr(error.orig, "sqlstate", None) or ""
    found = next((trouble for begins, trouble in _OF_POSTGRES if state.startswith(begins)), None)
    return "away" if found is None and error.connection_invalidated else found
