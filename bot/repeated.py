"""A trouble of the database is one line in the log, and not one each second: the disk may be full."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from storage.trouble import trouble_of

# Seconds until the same trouble, in the same place, is worth a line again.
QUIET = 600.0
# Where a line tells no more of the error than its name.
_NAMES = {"OperationalError", "DBAPIError", "InterfaceError", "DatabaseOutOfReach", "TimeoutError"}


class OncePerTrouble(logging.Filter):
    """Lets the first line of each kind pass, without its traceback, and then one in `QUIET` seconds, with
    how many were left out.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._last: dict[tuple[str, str], float] = {}
        self._left_out: dict[tuple[str, str], int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        said: dict[str, Any] | None = record.msg if isinstance(record.msg, dict) else None
        trouble = _trouble(record, said)
        if not trouble:
            return True
        kind = (str(said.get("event")) if said else record.name, trouble)
        if self._clock() - self._last.get(kind, -QUIET) < QUIET:
            self._left_out[kind] = self._left_out.get(kind, 0) + 1
            return False
        self._last[kind] = self._clock()
        _shorten(record, said, trouble, self._left_out.pop(kind, 0))
        return True


def _trouble(record: logging.LogRecord, said: dict[str, Any] | None) -> str:
    error = said.get("exc_info") if said else record.exc_info
    error = error[1] if isinstance(error, tuple) else error
    if isinstance(error, BaseException):
        return trouble_of(error) or ""
    name = str(said.get("error", "")) if said else ""
    return name if name in _NAMES else ""


def _shorten(record: logging.LogRecord, said: dict[str, Any] | None, trouble: str, left_out: int) -> None:
    record.exc_info = record.exc_text = None
    if said is None:
        return
    told = {name: value for name, value in said.items() if name != "exc_info"}
    told.setdefault("error", trouble)
    record.msg = told | ({"left_out": left_out} if left_out else {})
