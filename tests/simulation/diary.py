"""What happened, line by line: the same seed writes the same diary, and its hash says so."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from pathlib import Path

from tests.simulation.virtual_time import VirtualClock

# What the program draws by itself and nobody can foretell: codes to type, and those in links.
_DRAWN = re.compile(r"(?<!\d)\d{6}(?!\d)|(?<=start[= ])[\w-]+")
_LAST_LINES = 60


class Diary:
    """`path` is where all of it goes, None where only the hash is wanted and the end."""

    def __init__(self, clock: VirtualClock, path: Path | None = None) -> None:
        self._clock = clock
        self._sum = hashlib.sha256()
        self._file = path.open("w", encoding="utf-8") if path else None
        self.last: deque[str] = deque(maxlen=_LAST_LINES)
        self.lines = 0

    def note(self, what: str, who: str = "", said: str = "") -> None:
        at = self._clock.true().strftime("%m-%d %H:%M:%S.%f")[:-3]
        line = f"{at} {what} {who} {_DRAWN.sub('######', said)}".rstrip().replace("\n", " / ")
        self._sum.update(line.encode())
        self.last.append(line)
        self.lines += 1
        if self._file:
            self._file.write(line + "\n")

    @property
    def hash(self) -> str:
        return self._sum.hexdigest()[:16]

    def close(self) -> None:
        if self._file:
            self._file.close()
