"""Rows that are ready for the engine, so that nobody waits for the writer while they are made ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Table, insert
from sqlalchemy.engine import Dialect

from storage.connection import to_its_end
from storage.database import Transaction
from storage.many_rows import processor


class Rows:
    """Rows of one table, each value as the engine takes it: turning them costs as much as inserting them."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        columns = [column for column in table.columns if column.computed is None]
        names = [column.name for column in columns]
        self.statement = str(insert(table).inline().compile(dialect=dialect, column_keys=names))
        self.values: list[tuple[Any, ...]] = []
        self._binding = [(c.name, _by_default(c), processor(c.type, dialect)) for c in columns]

    def add(self, row: Mapping[str, Any]) -> None:
        """What the row does not name is as the table has it by default."""
        self.values.append(tuple(_bound(row.get(name, left), bind) for name, left, bind in self._binding))


async def insert_rows(tx: Transaction, rows: Rows) -> None:
    if rows.values:
        await tx.desk.catch_up()
        tx.desk.forget()
        await to_its_end(tx.conn.exec_driver_sql(rows.statement, rows.values))


def _by_default(column: Column[Any]) -> Any:
    return getattr(column.default, "arg", None)


def _bound(value: Any, bind: Callable[[Any], Any] | None) -> Any:
    return bind(value) if bind else value
