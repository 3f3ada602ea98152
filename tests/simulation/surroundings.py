"""What surrounds a run and is taken away after it: folder, loop, log, a garbage collector left alone."""

from __future__ import annotations

import asyncio
import gc
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from sqlalchemy.exc import SAWarning

from tests.simulation.virtual_time import VirtualLoop

if TYPE_CHECKING:
    from tests.simulation.world import World

_LOOKS_EVERY = 12 * 3600.0
_FAULTS = ("error", "critical", "exception")


@contextmanager
def a_folder() -> Iterator[Path]:
    """In memory where there is such a place: a disk is synced ten thousand times in a run."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="liandong-", dir=memory if memory.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def tidied_seldom() -> Iterator[None]:
    """What was imported is never garbage, and to look through it again and again costs a fifth of a run."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def looked_at_seldom() -> Iterator[None]:
    """The program writes a row away each ten seconds to see whether it can: here it can."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.alarm.EVERY", _LOOKS_EVERY)
        yield


@contextmanager
def the_dead_lie() -> Iterator[None]:
    """A killed process gives no connection back to its pool, and that is no news."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The garbage collector is trying to clean up", SAWarning)
        yield


@contextmanager
def a_loop() -> Iterator[VirtualLoop]:
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    try:
        yield loop
    finally:
        asyncio.set_event_loop(None)
        loop.close()


@contextmanager
def log_kept_by(world: World) -> Iterator[None]:
    """Errors are findings; all else that the program tells of itself goes nowhere."""

    def keep(_logger: Any, level: str, event: Any) -> Any:
        if level in _FAULTS and not world.process.is_dead:
            world.faults_logged.append(f"{event.pop('event')} {event}")
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(processors=[keep], wrapper_class=structlog.BoundLogger)
    try:
        yield
    finally:
        structlog.configure(**before)
