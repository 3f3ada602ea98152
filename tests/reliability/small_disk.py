"""Real troubles of a disk, made from outside while the program runs, and taken away again."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

_FILLER = "somebody's film"


@contextmanager
def small_disk(folder: Path, megabytes: int = 8) -> Iterator[Path]:
    """A disk of its own, in memory, mounted in `folder`. Root alone can mount, and on CI it is root."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no disk to fill: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def full(database: Path) -> Iterator[None]:
    """Not one byte of its disk is free. What SQLite keeps for later in its log is taken from it first."""
    filler = database.parent / _FILLER
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _fill(filler)
    try:
        yield
    finally:
        filler.unlink()


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as writing:
        for size in (2**20, 4096, 1):
            try:
                while True:
                    writing.write(b"\0" * size)
            except OSError as refused:
                assert refused.errno == errno.ENOSPC, refused
    assert not shutil.disk_usage(filler.parent).free


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Another program writes to it, and does not come to an end: a backup, a console left open."""
    with closing(sqlite3.connect(database, timeout=10, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def failing(process: int) -> Iterator[None]:
    """Each write of the process to a file fails with an error of the disk: so it is where Linux has made
    a failing disk read-only under a program that has its files open.
    """
    _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
    before = resource.prlimit(process, resource.RLIMIT_FSIZE, (0, most))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)
