"""One at a time, for work that looks first and writes what is missing long after it looked."""

from __future__ import annotations

import fcntl
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from sqlalchemy import text

from storage.database import Database


class SomebodyElseAtIt(Exception):
    """Another process, or another task of this one, is at the same work."""


@asynccontextmanager
async def alone_at(database: Database, work: str) -> AsyncIterator[None]:
    """The only one at this work until the end of the block, without holding the writer.

    Raises SomebodyElseAtIt at once: whoever waited would do on old news what the first has done.
    A process that dies lets go.
    """
    path = database.url.database
    if database.url.get_backend_name() != "sqlite":
        async with _alone_on_postgresql(database, work):
            yield
    elif path:
        # SQLite's own locks on the database file would be lost with any other handle that closes it.
        with _alone_with_file(f"{path}.{work}"):
            yield
    else:
        yield


@asynccontextmanager
async def _alone_on_postgresql(database: Database, work: str) -> AsyncIterator[None]:
    query = text("SELECT pg_try_advisory_xact_lock(:key)")
    async with database.reading() as tx:
        if not (await tx.conn.execute(query, {"key": zlib.crc32(work.encode())})).scalar_one():
            raise SomebodyElseAtIt
        yield


@contextmanager
def _alone_with_file(path: str) -> Iterator[None]:
    with open(path, "a") as file:  # noqa: PTH123 - its handle is what is locked
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SomebodyElseAtIt from None
        yield
