"""What the demo keeps between two visits, and how it is cleared."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoFolder:
    path: Path

    def clear(self) -> None:
        """Only what the demo made itself is removed: the name of any folder may be given."""
        for name in ("liandong.db", "liandong.db-wal", "liandong.db-shm", "liandong.key", "clock", "guests"):
            (self.path / name).unlink(missing_ok=True)
        if self.path.is_dir() and not any(self.path.iterdir()):
            shutil.rmtree(self.path)

    def make(self) -> None:
        self.path.mkdir(parents=True, exist_ok=True)

    def wound_to(self, now: datetime) -> datetime:
        """Where the clock was left: a database must not be older than what stands in it."""
        kept = self.path / "clock"
        return max(now, datetime.fromisoformat(kept.read_text())) if kept.is_file() else now

    def keep_clock(self, now: datetime) -> None:
        (self.path / "clock").write_text(now.isoformat())

    def guests(self) -> list[str]:
        """Whom the last visitor had asked on to the stage, by the ids of persons."""
        kept = self.path / "guests"
        return kept.read_text().split() if kept.is_file() else []

    def keep_guests(self, ids: Iterable[str]) -> None:
        (self.path / "guests").write_text("\n".join(ids))
