"""Rows of one kind, written to SQLite by one statement.

Given row by row, its thread hands back the interpreter's lock after each, and waits for it beside a busy
loop; and the library makes each row ready anew, at twice the price.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Insert
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

# SQLite takes 32,766 values in a statement (SQLITE_MAX_VARIABLE_NUMBER); no row here has forty.
AT_ONCE = 500

Row = Mapping[str, Any]
Bound = tuple[Any, ...]
Binds = Callable[[Any], Any]
# A statement's text and what goes into it: one row, or a list of them where they go one by one.
Ready = tuple[str, Bound | list[Bound]]


def ready(statement: UpdateBase, rows: Sequence[Row], dialect: Dialect) -> list[Ready]:
    """An INSERT, or an UPDATE whose WHERE names its row by `bindparam`; each row has the same keys."""
    form = _form(statement, tuple(rows[0]), dialect)
    bound = [form.bound(row) for row in rows]
    return [form.ready(bound[start : start + AT_ONCE]) for start in range(0, len(bound), AT_ONCE)]


def binds(kind: TypeEngine[Any], dialect: Dialect) -> Binds | None:
    """What makes a value of this type ready for the engine; None where it is so already."""
    return kind.dialect_impl(dialect).bind_processor(dialect)


class _Form(NamedTuple):
    """`one` takes a single row; many stand between `before` and `after`. `named_by` is how many of the
    last values say which row is meant.
    """

    one: str
    before: str
    after: str
    binding: tuple[tuple[str, Binds | None], ...]
    named_by: int

    def bound(self, row: Row) -> Bound:
        if len(row) != len(self.binding):
            raise ValueError("rows that are written together have the same keys")
        return tuple(bind(row[name]) if bind else row[name] for name, bind in self.binding)

    def ready(self, rows: list[Bound]) -> Ready:
        if len(rows) == 1:
            return self.one, rows[0]
        if self.named_by and len({row[-self.named_by :] for row in rows}) < len(rows):
            # Of two changes of one row in a statement SQLite would take any; here the last must stand.
            return self.one, rows
        groups = ", ".join([_group(len(self.binding))] * len(rows))
        return f"{self.before}{groups}{self.after}", tuple(value for row in rows for value in row)


@cache
def _form(statement: UpdateBase, keys: tuple[str, ...], dialect: Dialect) -> _Form:
    compiled = statement.compile(dialect=dialect, column_keys=list(keys))
    assert isinstance(compiled, SQLCompiler) and compiled.positiontup is not None
    names = list(compiled.positiontup)
    binding = tuple((name, binds(compiled.binds[name].type, dialect)) for name in names)
    text = str(compiled)
    if isinstance(statement, Insert):
        before, after = text.split(_group(len(names)))
        return _Form(text, before, after, binding, named_by=0)
    changes, _, which = text.partition(" WHERE ")
    given = [f"given.v{n}" for n in range(len(names))]
    before = f"WITH given({', '.join(f'v{n}' for n in range(len(names)))}) AS (VALUES "
    after = f") {_filled(changes, given)} FROM given WHERE {_filled(which, given)}"
    return _Form(text, before, after, binding, named_by=which.count("?"))


def _group(values: int) -> str:
    return f"({', '.join('?' * values)})"


def _filled(text: str, given: list[str]) -> str:
    """Each place takes the next of what is given."""
    first, *others = text.split("?")
    return first + "".join(given.pop(0) + other for other in others)
