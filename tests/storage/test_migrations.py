"""The tables are those that the program believes in, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.migrations import (
    DatabaseOutOfDate,
    DatabaseTooNew,
    bring_up_to_date,
    check_is_current,
    differences,
)


async def test_the_migrations_make_exactly_the_tables_that_the_program_knows(empty_url: str) -> None:
    await bring_up_to_date(empty_url)
    assert await differences(empty_url) == []


async def test_a_column_too_many_is_noticed(database: Database, database_url: str) -> None:
    async with database.writing() as tx:
        await tx.conn.execute(text("ALTER TABLE people ADD COLUMN nickname TEXT"))
    assert await differences(database_url) != []


async def test_bringing_it_up_to_date_twice_changes_nothing_and_loses_nobody(database_url: str) -> None:
    await bring_up_to_date(database_url)
    assert await differences(database_url) == []
    await check_is_current(database_url)


async def test_an_empty_database_is_not_taken_for_a_current_one(empty_url: str) -> None:
    with pytest.raises(DatabaseOutOfDate, match="python -m bot migrate"):
        await check_is_current(empty_url)


async def test_a_database_of_a_newer_program_is_left_alone_and_said_to_be_that(
    database: Database, database_url: str
) -> None:
    async with database.writing() as tx:
        await tx.conn.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    for step in (check_is_current, bring_up_to_date):
        with pytest.raises(DatabaseTooNew, match="restore --replace"):
            await step(database_url)


@pytest.mark.parametrize("engine", ["postgresql"])
async def test_paths_are_compared_byte_by_byte_whatever_the_server_s_language(database: Database) -> None:
    """A county is a range of paths; a collation that passes over "/" would let one see its neighbour."""
    query = text(
        "SELECT table_name, collation_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND column_name IN ('path', 'unit_path')"
    )
    async with database.reading() as tx:
        found = {tuple(row) for row in await tx.conn.execute(query)}
    assert found == {("units", "C"), ("members", "C")}
