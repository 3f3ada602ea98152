"""Where one process of several keeps its page, and the name under which it leases letters.

On PostgreSQL several share the outbox. After a crash the next process in this folder knows by the name which
leases were those of the dead, and by the page which of those letters had left.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import structlog

_NAME = "liandong-process"
# Bytes.
_LONGEST_NAME = 64

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Berth:
    """`name` is the same at each start in this folder, and no other process has it meanwhile.

    `page` is the file beside which `OnTheWire` keeps its page.
    """

    name: str
    page: Path
    _held: int

    def close(self) -> None:
        os.close(self._held)


def berth_in(folder: Path) -> Berth | None:
    """None where another process is there already, or nothing can be written: time ends its leases then."""
    held = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
        # The kernel gives it back with the last breath of the process.
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return Berth(_name_in(held), folder / "liandong", held)
    except OSError as error:
        log.warning("no_berth", folder=str(folder), error=type(error).__name__)
        if held is not None:
            os.close(held)
        return None


def _name_in(held: int) -> str:
    """Written down at the first start."""
    known = os.pread(held, _LONGEST_NAME, 0).decode("ascii", "replace").strip()
    if known:
        return known
    made = secrets.token_hex(8)
    os.pwrite(held, made.encode(), 0)
    os.fsync(held)
    return made
