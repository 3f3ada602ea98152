"""SQLite's own thread, asked once for each statement.

aiosqlite hops there for the cursor, for the statement, for its rows and for the end of the cursor, and
each hop waits for the interpreter's lock on both sides: on a busy morning longer than the statement takes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any, NamedTuple

import aiosqlite

# Whoever streams (a backup) leaves what is more in SQLite; all others ask for it at once.
AT_ONCE = 1000

Rows = list[Any]


def opens(path: str, patience: int) -> Callable[[], Awaitable[aiosqlite.Connection]]:
    """What opens a connection to the file; `patience` is how many milliseconds it waits for a lock."""

    async def opened() -> aiosqlite.Connection:
        timeout = patience / 1000
        connection = _Connection(lambda: sqlite3.connect(path, timeout=timeout), iter_chunk_size=AT_ONCE)
        connection.patience = patience
        # As SQLAlchemy has it: a connection that nobody closed must not keep the program from ending.
        connection._thread.daemon = True
        return await connection

    return opened


class _Connection(aiosqlite.Connection):
    patience: int

    async def wait_for(self, patience: int) -> None:
        """From now on it waits for a lock so many milliseconds."""
        await self.there(self._conn.execute, f"PRAGMA busy_timeout={patience}")
        self.patience = patience

    def cursor(self) -> Any:
        return _Cursor(self)

    async def there(self, work: Callable[..., Any], *args: Any) -> Any:
        """Done on SQLite's thread."""
        return await self._execute(work, *args)  # type: ignore[no-untyped-call]

    def statement(self, *args: Any) -> _Answer:
        return _answered(self._conn.execute(*args))

    def statements(self, *args: Any) -> _Answer:
        return _answered(self._conn.executemany(*args))


class _Answer(NamedTuple):
    """Of one statement. `cursor` is open still where there are more rows than `rows`."""

    cursor: sqlite3.Cursor | None
    description: Any
    rows: Rows
    rowcount: int
    lastrowid: int | None


class _Cursor:
    """What SQLAlchemy's adapter asks of a driver's cursor."""

    arraysize = 1

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._answer = _Answer(None, None, [], -1, None)

    async def __aenter__(self) -> _Cursor:
        return self

    @property
    def description(self) -> Any:
        return self._answer.description

    @property
    def rowcount(self) -> int:
        return self._answer.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._answer.lastrowid

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> _Cursor:
        self._answer = await self._connection.there(self._connection.statement, operation, parameters)
        return self

    async def executemany(self, operation: str, parameters: Iterable[Sequence[Any]]) -> _Cursor:
        self._answer = await self._connection.there(self._connection.statements, operation, parameters)
        return self

    async def fetchall(self) -> Rows:
        rows, cursor = self._taken(len(self._answer.rows)), self._answer.cursor
        if cursor:
            self._answer = self._answer._replace(cursor=None)
            rows += await self._connection.there(_the_rest, cursor)
        return rows

    async def fetchmany(self, size: int | None = None) -> Rows:
        size = size or self.arraysize
        rows = self._taken(size)
        if len(rows) < size and self._answer.cursor:
            rows += await self._connection.there(self._answer.cursor.fetchmany, size - len(rows))
        return rows

    async def fetchone(self) -> Any:
        rows = await self.fetchmany(1)
        return rows[0] if rows else None

    async def close(self) -> None:
        if self._answer.cursor:
            await self._connection.there(self._answer.cursor.close)
            self._answer = self._answer._replace(cursor=None)

    def _taken(self, size: int) -> Rows:
        rows = self._answer.rows
        taken, rows[:] = rows[:size], rows[size:]
        return taken


def _answered(cursor: sqlite3.Cursor) -> _Answer:
    description = cursor.description
    rows = cursor.fetchmany(AT_ONCE) if description else []
    told = description, rows, cursor.rowcount, cursor.lastrowid
    if len(rows) == AT_ONCE:
        return _Answer(cursor, *told)
    # Here and now: SQLite holds its locks for as long as a statement is open.
    cursor.close()
    return _Answer(None, *told)


def _the_rest(cursor: sqlite3.Cursor) -> Rows:
    rows = cursor.fetchall()
    cursor.close()
    return rows
