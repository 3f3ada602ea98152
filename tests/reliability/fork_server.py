"""Begins the program again and again: what it imports is imported here once, and each life is a fork.

A Python of its own needs two seconds to read its modules, and a hundred kills would be four minutes of
reading. From the fork on it is what `python -m bot run` is: a process of its own, with its own settings,
database, sockets and log. Nothing of the program has run here before: no loop, no thread, no connection.

A line in is a life to begin (its number comes back) or the number of one to wait for (its exit code does).
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import pkgutil
import signal
import sys
from typing import Any

import bot.channels
import bot.commands
from bot.commands import liandong
from content.lessons.library import all_lessons
from content.words.catalogue import tongue

_PR_SET_PDEATHSIG = 1
_OF_DATABASES = ("aiosqlite", "asyncpg", "alembic.runtime.migration", "alembic.script")
_BY_FORM = ("sqlalchemy.dialects.sqlite.aiosqlite", "sqlalchemy.dialects.postgresql.asyncpg")
_AT_WORK = ("uvicorn.protocols.http.h11_impl", "uvicorn.lifespan.on", "apscheduler.executors.asyncio")


def serve() -> None:
    _end_with_the_one_above()
    for line in sys.stdin:
        order = json.loads(line)
        answer = _wait_for(order) if isinstance(order, int) else _begin(order)
        print(answer, flush=True)  # noqa: T201 - this is what was asked


def _wait_for(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _begin(order: dict[str, Any]) -> int:
    pid = os.fork()
    if not pid:
        _live(**order)
    return pid


def _end_with_the_one_above() -> None:
    """Whoever breaks a test off leaves nobody behind."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _live(words: list[str], folder: str, settings: dict[str, str], log: str) -> None:
    _end_with_the_one_above()
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for there, here in ((nothing, 0), (written, 1), (written, 2)):
        os.dup2(there, here)
    os.environ.clear()
    os.environ.update(settings)
    os.chdir(folder)
    liandong(words)


def read_all() -> None:
    """Each module that a life would read first."""
    folders: list[Any] = [bot.channels, bot.commands]
    for folder in folders:
        for found in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
            importlib.import_module(found.name)
    for name in (*_OF_DATABASES, *_BY_FORM, *_AT_WORK):
        importlib.import_module(name)
    all_lessons()
    tongue("zh")
    gc.freeze()


if __name__ == "__main__":
    read_all()
    serve()
