"""Rows of one kind, written to SQLite by one statement.

Given row by row, its thread hands back the interpreter's lock after each, and waits for it beside a busy
loop; and the library makes each row ready anew, at twice the price.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

# Each number of rows is another text, and Python's sqlite3 keeps 128 of them prepared: with 500 rows each
# they took 60 MB. (SQLite itself would take 32,766 values.)
AT_ONCE = 100

Row = Mapping[str, Any]
Values = tuple[Any, ...]
Processor = Callable[[Any], Any]
# A text and what goes into it: values, or a list of them where the rows go one by one.
Statement = tuple[str, Values | list[Values]]


def statements(kind: UpdateBase, rows: Sequence[Row], dialect: Dialect) -> list[Statement]:
    """`kind` is an INSERT, or an UPDATE whose WHERE names one row, by `bindparam`.

    Each row has the same keys, and gives the statement all it takes: defaults are not filled in. No row
    changes what another one of them is named by.
    """
    form = _form(kind, tuple(rows[0]), dialect)
    values = [form.values(row) for row in rows]
    return [form.statement(values[start : start + AT_ONCE]) for start in range(0, len(values), AT_ONCE)]


def processor(kind: TypeEngine[Any], dialect: Dialect) -> Processor | None:
    """What makes a value of this type ready for the engine; None where it is so already."""
    return kind.dialect_impl(dialect).bind_processor(dialect)


class _Form(NamedTuple):
    """`one` takes a single row; many stand between `before` and `after`. The last `key_width` values of a
    row say which one is meant.
    """

    one: str
    before: str
    after: str
    columns: tuple[tuple[str, Processor | None], ...]
    key_width: int

    def values(self, row: Row) -> Values:
        if len(row) != len(self.columns):
            raise ValueError("rows that are written together have the same keys")
        return tuple(process(row[name]) if process else row[name] for name, process in self.columns)

    def statement(self, rows: list[Values]) -> Statement:
        if len(rows) == 1:
            return self.one, rows[0]
        if self.key_width and len({row[-self.key_width :] for row in rows}) < len(rows):
            # Of two changes of one row in a statement SQLite would take any; here the last must stand.
            return self.one, rows
        groups = ", ".join([_group(len(self.columns))] * len(rows))
        return f"{self.before}{groups}{self.after}", tuple(value for row in rows for value in row)


@cache
def _form(kind: UpdateBase, keys: tuple[str, ...], dialect: Dialect) -> _Form:
    """Cut out of the library's text: statements of ours have no literals, and one WHERE at most."""
    compiled = kind.compile(dialect=dialect, column_keys=list(keys))
    assert isinstance(compiled, SQLCompiler) and compiled.positiontup is not None
    names, one = list(compiled.positiontup), str(compiled)
    if set(names) != set(keys):
        raise ValueError(f"the statement takes {names}, the rows have {list(keys)}")
    columns = tuple((name, processor(compiled.binds[name].type, dialect)) for name in names)
    if isinstance(kind, Insert):
        before, after = one.split(_group(len(names)))
        return _Form(one, before, after, columns, key_width=0)
    key_width = one.partition(" WHERE ")[2].count("?")
    if not isinstance(kind, Update) or not key_width:
        raise ValueError("an INSERT, or an UPDATE that names its row")
    given = [f"v{n}" for n in range(len(names))]
    changes, _, which = one.replace("?", "given.{}").format(*given).partition(" WHERE ")
    before, after = f"WITH given({', '.join(given)}) AS (VALUES ", f") {changes} FROM given WHERE {which}"
    return _Form(one, before, after, columns, key_width)


def _group(values: int) -> str:
    return f"({', '.join('?' * values)})"
