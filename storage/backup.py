"""A backup of everything as it was in one moment, beside a program that goes on. The key is not in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Column, LargeBinary, Table, select, text, type_coerce

from storage import migrations
from storage.backup_file import Writer, new_file
from storage.columns import Moment, SealedBytes
from storage.database import Database, Transaction
from storage.resealing import keys_in_use
from storage.schema import metadata

_AT_ONCE = 1_000


async def back_up(database: Database, path: Path, now: datetime) -> dict[str, int]:
    """Write all rows into a new file; how many of each table. Raises FileExistsError."""
    with new_file(path) as file:
        async with database.reading() as tx:
            await _hold_still(tx)
            writer = Writer(file)
            writer.head(now, migrations.newest() or "", tx.vault)
            counted = {table.name: await _write(tx, writer, table) for table in _kept_tables()}
            writer.end(counted, await keys_in_use(tx), now, tx.vault)
    return counted


def _kept_tables() -> list[Table]:
    """What is counted from other rows, triggers count anew when those are restored."""
    return [table for table in metadata.sorted_tables if not table.info.get("derived")]


async def _hold_still(tx: Transaction) -> None:
    """All is read as of one moment. SQLite's readers do so by themselves."""
    if tx.conn.dialect.name == "postgresql":
        await tx.conn.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


async def _write(tx: Transaction, writer: Writer, table: Table) -> int:
    columns = [column for column in table.columns if column.computed is None]
    writer.line({"table": table.name, "columns": [column.name for column in columns]})
    query = select(*(_as_kept(column) for column in columns)).order_by(*_parents_first(table))
    told = [_told(column) for column in columns]
    counted = 0
    async with tx.conn.stream(query.execution_options(yield_per=_AT_ONCE)) as rows:
        async for row in rows:
            writer.line(
                [None if value is None else tell(value) for tell, value in zip(told, row, strict=True)]
            )
            counted += 1
    return counted


def _parents_first(table: Table) -> list[Column[Any]]:
    """A path is longer than the one above it: units that stand below others come after them."""
    own = any(key.column.table is table for key in table.foreign_keys)
    return [table.c.path] if own else list(table.primary_key)


def _as_kept(column: Column[Any]) -> Any:
    """As the database keeps it: moments as numbers, sealed fields as bytes."""
    if isinstance(column.type, Moment):
        return type_coerce(column, BigInteger)
    return type_coerce(column, LargeBinary) if isinstance(column.type, SealedBytes) else column


def _told(column: Column[Any]) -> Callable[[Any], object]:
    if isinstance(column.type, LargeBinary | SealedBytes):
        return lambda value: b64encode(value).decode()
    return lambda value: value.isoformat() if isinstance(value, date) else value
