"""How long somebody waits for whoever has the database locked: the first ten seconds, those behind less.

Each in turn for ten seconds, a gateway would give us up before it heard that it is to come again.
"""

from __future__ import annotations

import time
from typing import Any

# Seconds in our own queue that are counted off.
_QUEUED = 1.0
# For so many seconds after somebody waited in vain the next ones wait for so many milliseconds only.
_STILL_HELD, _QUICK_MS = 15.0, 1000


class LockWait:
    """`usual_ms` is what a connection is opened with."""

    def __init__(self, usual_ms: int) -> None:
        self.usual_ms = usual_ms
        self._in_vain_at = -_STILL_HELD

    def was_in_vain(self) -> None:
        self._in_vain_at = time.monotonic()

    async def limit(self, driver: Any, queued: float) -> None:
        """Tell SQLite's connection for how long, where that is not what it was told last.

        `queued` is how many seconds were spent behind others of ours, who may have waited for the same lock.
        """
        left = max(self.usual_ms - int(queued * 1000), 1) if queued > _QUEUED else self.usual_ms
        if time.monotonic() - self._in_vain_at < _STILL_HELD:
            left = min(left, _QUICK_MS)
        if driver.patience != left:
            await driver.wait_for(left)
