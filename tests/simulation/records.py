"""The program's file, read beside it: what is committed, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.vault import Vault

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Records:
    def __init__(self, path: Path, vault: Vault) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self.blind: Callable[[str, str], bytes] = vault.blind

    def all(self, query: str, *bound: Any) -> list[sqlite3.Row]:
        return self._connection.execute(query, bound).fetchall()

    def one(self, query: str, *bound: Any) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(query, bound).fetchone()
        return row

    def number(self, query: str, *bound: Any) -> int:
        found = self._connection.execute(query, bound).fetchone()[0]
        return int(found or 0)

    def breaks(self, statement: str, *bound: Any) -> None:
        """For the tests of the invariants: what no program of ours would write."""
        self._connection.execute(statement, bound)

    def close(self) -> None:
        self._connection.close()


def moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def microseconds(when: datetime) -> int:
    return (when - _EPOCH) // timedelta(microseconds=1)
