"""The connection of one transaction: it keeps its desk in order, and no statement of it is cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import UpdateBase

from storage import many_rows
from storage.desk import Desk

T = TypeVar("T")


class Connection(AsyncConnection):
    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.desk = Desk(self._write)

    async def execute(self, statement: Any, *args: Any, **named: Any) -> Any:
        """Finishes the statement before it hears of a cancellation.

        SQLite keeps the write lock of a query that was cut off, until the last traceback forgets its cursor.
        """
        await self.desk.catch_up()
        if isinstance(statement, UpdateBase):
            self.desk.forget()
        return await self._to_its_end(statement, *args, **named)

    async def _write(self, statement: UpdateBase, rows: Sequence[Mapping[str, Any]]) -> None:
        if self.dialect.name != "sqlite":
            await self._to_its_end(statement, rows)
            return
        for text, bound in many_rows.statements(statement, rows, self.dialect):
            await to_its_end(self.exec_driver_sql(text, bound))

    async def _to_its_end(self, *args: Any, **named: Any) -> Any:
        return await to_its_end(super().execute(*args, **named))


async def to_its_end(step: Coroutine[Any, Any, T]) -> T:
    """Finish a step also where the task is cancelled meanwhile; the cancellation follows after it.

    A shield alone lets a commit run on beside the close of its own connection, and breaks both.
    """
    finishing = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not finishing.done():
        try:
            await asyncio.wait([finishing])
        except asyncio.CancelledError as told:
            cancelled = told
    if cancelled:
        # Also where the step failed: who was told to stop and hears of a lock instead would go on for ever.
        raise cancelled from finishing.exception()
    return finishing.result()
