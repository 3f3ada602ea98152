"""The schema's history, by Alembic. `bring_up_to_date` is all that the rest of the program needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database_file import (
    DatabaseDamaged,
    DatabaseOutOfReach,
    is_damage,
    is_missing,
    make_private,
    try_the_file,
)
from storage.schema import metadata
from storage.tally_triggers import install

__all__ = ["DatabaseOutOfDate", "DatabaseOutOfReach", "DatabaseTooNew"]


class DatabaseOutOfDate(Exception):
    """数据库还没有建好或版本不符：请先运行 python -m bot migrate / run python -m bot migrate first."""


class DatabaseTooNew(DatabaseOutOfDate):
    """A newer program has been at it."""

    def __init__(self) -> None:
        super().__init__(
            "数据库是更新版本的程序建的，什么都没有改。请升级程序；要退回这个版本，就用 restore --replace "
            "恢复升级前的备份。\n"
            "A newer program made this database, and nothing was changed. Update the program; to go back to "
            "this version, put the backup made before the update in its place (restore --replace)."
        )


async def bring_up_to_date(url: str) -> None:
    """Create or upgrade the schema at `url`, in one transaction where the engine can. Or DatabaseTooNew."""

    def work(connection: Connection) -> None:
        _current(connection)
        upgrade(connection, "head")

    if path := _file_of(url):
        make_private(path)
    await _with_connection(url, work)


async def check_is_current(url: str) -> None:
    """Raises DatabaseOutOfDate, DatabaseTooNew where the tables are not those this program knows."""

    def check(connection: Connection) -> None:
        if _current(connection) != newest():
            raise DatabaseOutOfDate(DatabaseOutOfDate.__doc__)

    if is_missing(_file_of(url)):
        raise DatabaseOutOfDate(DatabaseOutOfDate.__doc__)
    await _with_connection(url, check)


async def is_in_use(url: str) -> bool:
    """Whether there is a schema already: then there must be a key as well."""
    found: list[str | None] = []

    def look(connection: Connection) -> None:
        found.append(MigrationContext.configure(connection).get_current_revision())

    if is_missing(_file_of(url)):
        return False
    await _with_connection(url, look)
    return found[0] is not None


def upgrade(connection: Connection, revision: str) -> None:
    """Bring the tables behind a connection to a revision in its transaction, and put their triggers right."""
    command.upgrade(_config(connection), revision)
    install(connection)


def knows(revision: str) -> bool:
    """Whether it is a revision of this program, and not of a newer one."""
    return revision in {
        script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()
    }


def _current(connection: Connection) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and not knows(revision):
        raise DatabaseTooNew
    return revision


def newest() -> str | None:
    return ScriptDirectory.from_config(_config(None)).get_current_head()


async def differences(url: str) -> list[object]:
    """What the tables at `url` lack or have beyond the metadata: [] where the migrations tell the truth."""
    found: list[object] = []

    def compare(connection: Connection) -> None:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        found.extend(compare_metadata(context, metadata))

    await _with_connection(url, compare)
    return found


async def _with_connection(url: str, work: Callable[[Connection], None]) -> None:
    if path := _file_of(url):
        await asyncio.to_thread(try_the_file, path)
    engine = create_async_engine(make_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as conn:
            await conn.run_sync(work)
    except (DBAPIError, OSError) as error:
        if path and is_damage(error):
            raise DatabaseDamaged(path) from None
        raise DatabaseOutOfReach(f"{DatabaseOutOfReach.__doc__} ({type(error).__name__})") from None
    finally:
        await engine.dispose()


def _file_of(url: str) -> str:
    """The file on SQLite, empty elsewhere."""
    return (make_url(url).database or "") if url.startswith("sqlite") else ""


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
