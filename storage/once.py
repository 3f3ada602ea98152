"""Rows that may be brought twice and are kept once, also by two processes in the same moment.

A look before the insert is not enough on PostgreSQL: two transactions look, neither sees the other's
row, and the second one fails with all that it had done.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Transaction


async def insert_once(tx: Transaction, table: Table, *rows: dict[str, Any]) -> int:
    """Insert the rows that no other stands in the way of; how many those were.

    Whoever comes second waits until the first one's transaction ends, and is passed over if it committed.
    """
    if not rows:
        return 0
    # Told back row by row: how many an executemany wrote, not every driver can say.
    statement = _once(tx.conn.dialect.name, table).returning(*table.primary_key)
    return len((await tx.conn.execute(statement, list(rows))).all())


def insert_once_behind(tx: Transaction, table: Table, row: dict[str, Any]) -> None:
    """The same with its like, before the next statement or the commit, where nobody asks how many."""
    tx.desk.write_behind(_once(tx.conn.dialect.name, table), row)


async def insert_or_replace(tx: Transaction, table: Table, row: dict[str, Any]) -> None:
    """Insert the row, or write it over the one with the same primary key."""
    statement = _insert(tx.conn.dialect.name, table).values(row)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in row if name not in keys}
    await tx.conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))


@cache
def _once(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
