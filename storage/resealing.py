"""Every sealed value of every table, sealed anew with the current key beside whoever reads and writes.

The columns are found in the metadata, so that a table of tomorrow is not forgotten.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    Column,
    LargeBinary,
    Row,
    Table,
    bindparam,
    func,
    select,
    tuple_,
    type_coerce,
    update,
)

from storage.columns import SealedBytes
from storage.database import Database, Transaction
from storage.schema import metadata
from storage.vault import SealBroken

AT_ONCE = 500

_Update = dict[str, Any]


def sealed_columns() -> dict[Table, list[Column[Any]]]:
    """The sealed columns by table. A value is bound to its column and to the first part of its row's key."""
    found = {
        table: [column for column in table.columns if isinstance(column.type, SealedBytes)]
        for table in metadata.sorted_tables
    }
    return {table: columns for table, columns in found.items() if columns}


async def reseal(database: Database) -> tuple[int, int]:
    """How many values were sealed anew, and how many do not open with any key at hand.

    Whoever writes meanwhile goes first: a value that changed is left as it is, and so is the writer after
    each batch for as long as the batch held it.
    """
    done = damaged = 0
    for table, columns in sealed_columns().items():
        after: Row[Any] | None = None
        while True:
            async with database.reading() as tx:
                rows = await _page(tx, table, columns, after)
                updates, broken = _anew(tx, table, columns, rows)
            damaged += broken
            if updates:
                done += await _write(database, table, updates)
            if len(rows) < AT_ONCE:
                break
            after = rows[-1]
    return done, damaged


async def keys_in_use(tx: Transaction) -> set[int]:
    """The ids of all keys with which anything is sealed; also of damaged values."""
    used: set[int] = set()
    for columns in sealed_columns().values():
        for column in columns:
            first = func.substr(type_coerce(column, LargeBinary), 1, 1, type_=LargeBinary)
            rows = await tx.conn.execute(select(first).where(column.is_not(None)).distinct())
            used.update(value[0] for value in rows.scalars() if value)
    return used


async def _page(
    tx: Transaction, table: Table, columns: list[Column[Any]], after: Row[Any] | None
) -> list[Row[Any]]:
    keys = list(table.primary_key)
    query = select(*keys, *columns).order_by(*keys).limit(AT_ONCE)
    if after is not None:
        query = query.where(tuple_(*keys) > tuple_(*after[: len(keys)]))
    return list(await tx.conn.execute(query))


def _anew(
    tx: Transaction, table: Table, columns: list[Column[Any]], rows: list[Row[Any]]
) -> tuple[dict[str, list[_Update]], int]:
    """By column, what is to be written where; and how many values do not open."""
    updates: dict[str, list[_Update]] = defaultdict(list)
    broken = 0
    for row, column, sealed in _of_another_key(tx, table, columns, rows):
        place = f"{table.name}.{column}"
        try:
            text = tx.vault.open(sealed, row[0], place)
        except SealBroken:
            broken += 1
            continue
        key = {f"at_{part.name}": row[n] for n, part in enumerate(table.primary_key)}
        updates[column].append({**key, "the_old": sealed, "the_new": tx.vault.seal(text, row[0], place)})
    return updates, broken


def _of_another_key(
    tx: Transaction, table: Table, columns: list[Column[Any]], rows: list[Row[Any]]
) -> Iterator[tuple[Row[Any], str, bytes]]:
    first = len(table.primary_key)
    for row in rows:
        for n, column in enumerate(columns, first):
            if row[n] is not None and row[n][:1] != bytes([tx.vault.current]):
                yield row, column.name, row[n]


async def _write(database: Database, table: Table, updates: dict[str, list[_Update]]) -> int:
    written = 0
    async with database.writing() as tx:
        began = time.monotonic()
        for column, rows in updates.items():
            unchanged = [part == bindparam(f"at_{part.name}") for part in table.primary_key]
            unchanged.append(table.c[column] == bindparam("the_old", type_=LargeBinary))
            statement = update(table).where(*unchanged).values({column: bindparam("the_new")})
            written += len(rows)
            await tx.conn.execute(statement, rows)
    await asyncio.sleep(time.monotonic() - began)
    return written
