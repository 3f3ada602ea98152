"""Where a backup is restored to: SQLite's file, or PostgreSQL. Until the end the old one stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage import migrations, restore
from storage.backup_file import Backup, BackupDamaged, BackupTooNew
from storage.database_file import is_damage, make_private
from storage.restore import DatabaseHasContent, ProgramRunning, Restored

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


async def restore_into(url: str, backup: Backup, now: datetime, replace: bool) -> Restored:
    """Raises BackupTooNew, BackupDamaged, ProgramRunning, and DatabaseHasContent without `replace`."""
    if not migrations.knows(backup.revision):
        raise BackupTooNew
    if url.startswith("sqlite"):
        return await _into_a_file(Path(make_url(url).database or ""), backup, now, replace)
    return await _into_postgresql(url, backup, now, replace)


async def _into_postgresql(url: str, backup: Backup, now: datetime, replace: bool) -> Restored:
    """In one transaction, the tables too: PostgreSQL takes them back with all the rest."""

    def work(connection: Connection) -> Restored:
        if connection.execute(text(_OTHERS)).scalar_one():
            raise ProgramRunning
        if not replace and restore.has_content(connection):
            raise DatabaseHasContent
        restore.clear(connection)
        return restore.fill(connection, backup, now)

    return await _with_connection(url, work)


async def _into_a_file(path: Path, backup: Backup, now: datetime, replace: bool) -> Restored:
    """Made beside the old file, and then copied over it by SQLite in one transaction of its own.

    The file is not exchanged: whoever opens it in that moment would write into one that has no name.
    """
    beside = path.with_name(f".{path.name}.restoring")
    _take_away(beside)
    _look_first(path, replace)
    try:
        make_private(str(beside))
        url = f"sqlite+aiosqlite:///{beside}"
        restored = await _with_connection(url, lambda connection: restore.fill(connection, backup, now))
        with closing(sqlite3.connect(beside)) as fresh:
            _check(fresh)
            _put_in_place(fresh, path)
    finally:
        _take_away(beside)
    return restored


async def _with_connection(url: str, work: Callable[[Connection], Restored]) -> Restored:
    engine = create_async_engine(make_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    except IntegrityError:
        raise BackupDamaged from None
    finally:
        await engine.dispose()


def _look_first(path: Path, replace: bool) -> None:
    with _held_alone(path) as old:
        # What cannot be read may hold something, too.
        if path.exists() and not replace and (old is None or _has_content(old)):
            raise DatabaseHasContent


def _put_in_place(fresh: sqlite3.Connection, path: Path) -> None:
    with _held_alone(path) as old:
        if old:
            fresh.backup(old)
            return
    _move_aside(path)
    make_private(str(path))
    with closing(sqlite3.connect(path)) as new:
        fresh.backup(new)


@contextmanager
def _held_alone(path: Path) -> Iterator[sqlite3.Connection | None]:
    """The database with nobody else in it, None where there is none or what is there is none.

    Each process that has it open holds a share of a lock, also while it rests: whoever gets all of it is
    alone. Raises ProgramRunning.
    """
    if not path.exists():
        yield None
        return
    with closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                yield None
                return
            raise ProgramRunning from None
        yield connection


def _has_content(connection: sqlite3.Connection) -> bool:
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = [name for (name,) in names if name not in restore.NOTHING]
        return any(connection.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone() for name in tables)  # noqa: S608
    except sqlite3.DatabaseError:
        return True


def _check(fresh: sqlite3.Connection) -> None:
    sound = fresh.execute("PRAGMA quick_check").fetchone() == ("ok",)
    if not sound or fresh.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupDamaged


def _move_aside(path: Path) -> None:
    """What is no database any more is kept: somebody may still save something from it."""
    for end in ("", "-wal", "-shm"):
        file = path.with_name(path.name + end)
        if file.exists():
            file.replace(path.with_name(f"{path.name}.damaged{end}"))


def _take_away(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
