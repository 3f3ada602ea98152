"""The disk of a program that can be cut off at any statement.

SQLite is the real one, in a real file. Only aiosqlite's thread is left out: what it would do is done at
once, so that nothing depends on which thread was faster, and a run costs a third.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import aiosqlite
import pytest
from sqlalchemy.connectors import asyncio as adapter
from sqlalchemy.ext.asyncio import engine
from sqlalchemy.util.concurrency import await_, greenlet_spawn

from storage import connection, database

T = TypeVar("T")


class PowerCut(BaseException):
    """The process is no more: nothing in it may catch this and go on."""


class Disk:
    """What one process has open. `when_cut` is called at the moment of the cut."""

    def __init__(self, when_cut: Callable[[], None]) -> None:
        self._when_cut = when_cut
        self._connections: list[Any] = []
        self._fuse = 0
        self.is_cut = False
        self.steps = 0

    def light_fuse(self, steps: int) -> None:
        """The power goes after so many more steps: before a statement, or after it and before its answer."""
        self._fuse = steps

    def step(self) -> None:
        if self.is_cut:
            raise PowerCut
        self.steps += 1
        if self._fuse:
            self._fuse -= 1
            if self._fuse == 0:
                self.cut()
                raise PowerCut

    def opened(self, connection: Any) -> None:
        self._connections.append(connection)

    def cut(self) -> None:
        """What was committed stands in the file; what was open is gone, as with `kill -9`."""
        self.is_cut = True
        for one in self._connections:
            if one._connection is not None:
                one._connection.close()
                # Whoever tidies up in the dead process's memory finds something to close.
                one._connection = sqlite3.connect(":memory:")
        self._when_cut()


class _Slot:
    """The disk of the process that is starting; connections remember it."""

    disk: Disk | None = None


def use(disk: Disk) -> None:
    """Whoever opens a connection from now on is the process with this disk."""
    _Slot.disk = disk


@contextmanager
def without_threads() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiosqlite.Connection, "__await__", _opens)
        patch.setattr(aiosqlite.Connection, "_execute", _execute)
        patch.setattr(aiosqlite.Connection, "close", _close)
        patch.setattr(aiosqlite.Connection, "stop", _stop)
        patch.setattr(adapter, "await_", _at_once)
        patch.setattr(engine, "greenlet_spawn", _spawned)
        patch.setattr(connection, "to_its_end", _straight)
        patch.setattr(database, "to_its_end", _straight)
        yield


async def _straight(step: Coroutine[Any, Any, T]) -> T:
    """No statement waits for a thread, so nobody can be cut off within one: it needs no task of its own."""
    return await step


def _at_once(step: Awaitable[T]) -> T:
    """What waits for nothing need not leave SQLAlchemy's greenlet and come back to it."""
    if isinstance(step, asyncio.Future):
        return cast(T, await_(step))
    steps = step.__await__()
    try:
        next(steps)
    except StopIteration as end:
        done: T = end.value
        return done
    raise RuntimeError("a statement had to wait, and nothing in here can let it")


async def _spawned(work: Callable[..., T], *args: Any, _require_await: bool = False, **named: Any) -> T:
    """SQLAlchemy's own, which takes it for a fault where nothing was waited for."""
    return await greenlet_spawn(work, *args, **named)


class _Here:
    """Stands where the thread's queue stood: SQLAlchemy puts some of its work there itself."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def put_nowait(self, asked: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        self._disk.step()
        future, work = asked
        done = work()
        if future:
            future.set_result(done)


def _opens(connection: Any) -> Any:
    async def opened() -> Any:
        disk = _Slot.disk
        assert disk is not None
        disk.step()
        connection.disk, connection._tx = disk, _Here(disk)
        connection._connection = connection._connector()
        disk.opened(connection)
        return connection

    return opened().__await__()


async def _execute(connection: Any, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
    if connection.disk.is_cut and work.__name__ == "rollback":
        return None
    connection.disk.step()
    if connection._connection is None:
        raise ValueError("Connection closed")
    done = work(*args, **named)
    connection.disk.step()
    return done


async def _close(connection: Any) -> None:
    kept, connection._connection = connection._connection, None
    if kept is not None:
        kept.close()


def _stop(connection: Any) -> asyncio.Future[None]:
    kept, connection._connection = connection._connection, None
    if kept is not None:
        kept.close()
    stopped = asyncio.get_event_loop().create_future()
    stopped.set_result(None)
    return stopped
