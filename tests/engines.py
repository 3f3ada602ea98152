"""The two databases that the program runs on, real ones, and a fresh one for each test.

A conftest takes the fixtures by importing them from here.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.migrations import bring_up_to_date
from storage.vault import Vault, new_vault
from tests.postgres_server import NoPostgres, Postgres, running

__all__ = ["database", "database_url", "empty_url", "engine", "postgres", "sqlite_template", "vault"]

_MIGRATED = "migrated"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without any table."""
    if engine == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    else:
        with request.getfixturevalue("postgres").fresh("template1") as url:
            yield url


@pytest.fixture
def database_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A migrated database without any row."""
    if engine == "sqlite":
        path = tmp_path / "liandong.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
    else:
        with request.getfixturevalue("postgres").fresh(_MIGRATED) as url:
            yield url


@pytest.fixture
def vault() -> Vault:
    return new_vault()


@pytest.fixture
async def database(database_url: str, vault: Vault) -> AsyncIterator[Database]:
    opened = Database(database_url, vault)
    try:
        yield opened
    finally:
        await opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(bring_up_to_date(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for the session: for each worker, where there are several."""
    try:
        with running() as server:
            server.command(f"CREATE DATABASE {_MIGRATED}")
            asyncio.run(bring_up_to_date(server.url(_MIGRATED)))
            yield server
    except NoPostgres as why:
        # On CI a missing engine is a fault: half of the promises would go unchecked, and green.
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no PostgreSQL here: {why}")
