"""What the doctor asks of a database: which engine, whether the file is sound, and until when it has rows."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, make_url, select

from storage.database import Transaction
from storage.database_file import DatabaseOutOfReach, is_damage
from storage.inbox import inbox
from storage.occurrences import occurrences
from storage.outbox import outbox

# Before this version two connections that end a WAL at once may damage the file.
MENDED = (3, 51, 3)
_ROWS_BETWEEN_LOOKS = 100_000


class TooLarge(Exception):
    """The file could not be looked through in the time that was given."""


def sqlite_version() -> tuple[int, ...]:
    return sqlite3.sqlite_version_info


def file_of(url: str) -> str:
    """The file on SQLite, empty elsewhere."""
    return (make_url(url).database or "") if url.startswith("sqlite") else ""


def quick_check(path: str, seconds: float) -> str:
    """What SQLite has to say of its file, empty where it is sound. Raises TooLarge, DatabaseOutOfReach."""
    until = time.monotonic() + seconds
    url = f"{Path(path).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(url, uri=True, timeout=2)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, _ROWS_BETWEEN_LOOKS)
            told = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            raise TooLarge from None
        # A lock or a closed folder is no damage: nobody shall restore a backup because of it.
        if not is_damage(error) and "I/O" not in str(error):
            raise DatabaseOutOfReach(str(error)) from None
        return str(error)
    return "" if told == "ok" else str(told)


def server_version(tx: Transaction) -> str:
    """PostgreSQL's own, as it told at the first connection."""
    return ".".join(map(str, tx.conn.dialect.server_version_info or ()))


async def last_row_at(tx: Transaction) -> datetime | None:
    """The latest moment that any row was written down with."""
    moments = [
        (await tx.conn.execute(select(func.max(column)))).scalar_one_or_none()
        for column in (inbox.c.received_at, outbox.c.made_at, occurrences.c.struck_at)
    ]
    return max((moment for moment in moments if moment), default=None)
