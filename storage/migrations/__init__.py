"""The schema's history, by Alembic. `bring_up_to_date` is all that the rest of the program needs."""

from __future__ import annotations

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

__all__ = ["DatabaseOutOfDate", "DatabaseOutOfReach"]


class DatabaseOutOfDate(Exception):
    """数据库还没有建好或版本不符：请先运行 python -m bot migrate / run python -m bot migrate first."""


async def bring_up_to_date(url: str) -> None:
    """Create or upgrade the schema at `url`, in one transaction where the engine can."""
    if path := _file_of(url):
        make_private(path)
    await _with_connection(url, lambda connection: upgrade(connection, "head"))


async def check_is_current(url: str) -> None:
    """Raises DatabaseOutOfDate where the tables are not those this program knows."""

    def check(connection: Connection) -> None:
        if MigrationContext.configure(connection).get_current_revision() != newest():
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
        try_the_file(path)
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
