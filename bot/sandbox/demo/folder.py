"""What the demo keeps between two visits, and how it is cleared."""

from __future__ import annotations

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


class FolderUnusable(Exception):
    """The demo cannot live in this folder; the message says why, in both languages, and what to do."""


@dataclass(frozen=True, slots=True)
class DemoFolder:
    path: Path

    @contextmanager
    def held(self) -> Iterator[None]:
        """Ours alone until we end, however we end: another demo's --reset would pull it from under us."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock = (self.path / "lock").open("w")
        except OSError as error:
            raise FolderUnusable(_unwritable(self.path, error)) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FolderUnusable(_taken(self.path)) from None
            yield

    def clear(self) -> None:
        """Only what the demo made itself is removed: the name of any folder may be given."""
        for name in (
            "liandong.db",
            "liandong.db-wal",
            "liandong.db-shm",
            "liandong.db-wire",
            "liandong.key",
            "clock",
            "guests",
        ):
            (self.path / name).unlink(missing_ok=True)

    def clock_left_at(self) -> datetime | None:
        """Where the last visit ended: the clock must not be behind what stands in the database."""
        kept = self.path / "clock"
        return datetime.fromisoformat(kept.read_text()) if kept.is_file() else None

    def keep_clock(self, now: datetime) -> None:
        self._keep("clock", now.isoformat())

    def guests(self) -> list[str]:
        """Whom the last visitor had asked on to the stage, by the ids of persons."""
        kept = self.path / "guests"
        return kept.read_text().split() if kept.is_file() else []

    def keep_guests(self, ids: Iterable[str]) -> None:
        self._keep("guests", "\n".join(ids))

    def _keep(self, name: str, text: str) -> None:
        """Whole or not at all: half a date would keep the next demo from opening."""
        new = self.path / f"{name}.new"
        new.write_text(text)
        new.replace(self.path / name)


def _unwritable(path: Path, error: OSError) -> str:
    return (
        f"演示要在文件夹 {path} 里存东西，但写不进去（{error.strerror}）。请用 --folder 换一个。\n"
        f"The demo cannot write to the folder {path}: choose another by --folder."
    )


def _taken(path: Path) -> str:
    return (
        f"文件夹 {path} 里正开着一个演示。请先结束它，或用 --folder 换一个文件夹。\n"
        f"A demo is open in the folder {path}: end it first, or choose another by --folder."
    )
