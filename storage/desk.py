"""What lies on the desk of one transaction: rows to be written behind, and rows that were looked ahead.

A statement costs more than the row it moves. So the few rows that every word of a member writes are
gathered and written together, and the few that it reads are looked up for many words at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sqlalchemy import Row
from sqlalchemy.sql.dml import UpdateBase

Found = list[Row[tuple[object, ...]]]
# Where rows were looked for: a table, and what a row of it was looked up by.
Place = tuple[str, object]
Write = Callable[[UpdateBase, list[Mapping[str, Any]]], Awaitable[object]]


class Desk:
    """The connection empties it before each statement: nobody reads past what was written behind, or
    what was seen before a change. `has_more`: more was changed than by what is written behind.
    """

    def __init__(self, write: Write) -> None:
        self._write = write
        self._behind: dict[UpdateBase, list[Mapping[str, Any]]] = {}
        self._ahead: dict[Place, Found] = {}
        self.has_more = False

    def write_behind(
        self, statement: UpdateBase, row: Mapping[str, Any], changes: Place | None = None
    ) -> None:
        """Write this row with its like, before the next statement or the commit, whichever comes first.

        `statement` is the same object each time; what was seen at the place that it `changes` counts no more.
        """
        self._behind.setdefault(statement, []).append(row)
        if changes:
            self._ahead.pop(changes, None)

    async def catch_up(self) -> None:
        """Write what was to be written behind, in the order in which it was first asked for."""
        while self._behind:
            statement = next(iter(self._behind))
            await self._write(statement, self._behind.pop(statement))

    def drop(self) -> None:
        """Write nothing of what was to be written behind, and count on nothing that was seen."""
        self._behind.clear()
        self.forget()

    def foresee(self, seen: Mapping[Place, Found]) -> None:
        """From here on these rows need not be looked up, until something changes them."""
        self._ahead = dict(seen)

    def seen(self, table: str, by: object) -> Found | None:
        """The rows that were looked ahead, which may be none; None where nobody looked."""
        return self._ahead.get((table, by))

    @property
    def remembers(self) -> bool:
        """Whether what was looked ahead still counts."""
        return bool(self._ahead)

    def forget(self) -> None:
        """Something changed by a statement of its own: what was seen before may not be so any more."""
        self.has_more = True
        self._ahead.clear()
