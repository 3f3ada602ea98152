"""Many ids as one value of a statement, however many they are.

With a value for each, every number of them is another text: the library writes it anew at the price of the
rows themselves, and SQLite takes 32,766 values at most.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import orjson
from sqlalchemy import JSON, Column, ColumnElement, Text, bindparam, cast, func, literal, select
from sqlalchemy.sql.selectable import TableValuedAlias

from storage.database import Transaction


def among(tx: Transaction, column: Column[Any], ids: Collection[str]) -> ColumnElement[bool]:
    """Whether the column has one of these ids."""
    asked = literal(orjson.dumps(list(ids)).decode(), Text)
    if tx.conn.dialect.name == "sqlite":
        return column.in_(select(func.json_each(asked).table_valued("value", name="asked").c.value))
    each = func.json_array_elements_text(cast(asked, JSON)).table_valued("value", name="asked")
    return column.in_(select(each.c.value))


def given(dialect: str, name: str) -> TableValuedAlias:
    """Rows of `key` and `value`, for the parameter `name` of a statement that is built once."""
    asked = bindparam(name, type_=Text)
    if dialect == "sqlite":
        return func.json_each(asked).table_valued("key", "value", name="given")
    return func.json_each_text(cast(asked, JSON)).table_valued("key", "value", name="given")


def as_given(values: Mapping[str, str]) -> str:
    """What is bound to it. No value may be None: both engines would read that in their own way."""
    return orjson.dumps(values).decode()
