"""A new key under a program that runs: the file first, then all that is sealed, then the old key goes.

Cut off at any moment, it is taken up by the next run where it stands.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import WRITING, Database
from storage.key_ring import replace_vault
from storage.resealing import keys_in_use, reseal
from storage.turnstile import alone_at
from storage.vault import KEY_BYTES, Vault, read_vault

_TRIES = 240
_PATIENCE_MS, _PAUSE = 500, 0.5
_LOCK_NOT_AVAILABLE = "55P03"


class StillInUse(Exception):
    """A transaction that began with the old key does not end."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """`resumed` where a run before it was cut off. `damaged` values open with no key and were left alone.

    `kept` are the keys that stay in the file beside the new one.
    """

    resumed: bool
    resealed: int
    damaged: int
    kept: frozenset[int]


async def rotate(
    database: Database, path: Path, keep: bool, begun: Callable[[bool], None] = lambda _resumed: None
) -> Rotated:
    """Change the key. `database` has to read its keys from `path`. Raises SomebodyElseAtIt, StillInUse.

    `begun` is told once the new key is in the file, and whether another run had put it there. With `keep`
    the old key stays in the file, for backups made before; what was kept once stays.
    """
    async with alone_at(database, "keys"):
        resumed = _is_under_way(read_vault(path))
        if not resumed:
            replace_vault(_with_another_key(read_vault(path)), path)
        begun(resumed)
        await _all_write_with_it(database)
        resealed, damaged = await reseal(database)
        async with database.reading() as tx:
            used = await keys_in_use(tx)
        kept = _finish(path, used, keep)
    return Rotated(resumed, resealed, damaged, kept)


def _is_under_way(vault: Vault) -> bool:
    return bool(vault.keys.keys() - vault.retired - {vault.current})


def _with_another_key(vault: Vault) -> Vault:
    number = next(n for n in (*range(vault.current + 1, 256), *range(1, 256)) if n not in vault.keys)
    return replace(vault, keys={**vault.keys, number: os.urandom(KEY_BYTES)}, current=number)


async def _all_write_with_it(database: Database) -> None:
    """Until each that began to write with the old key has ended: what they wrote is resealed too."""
    for _ in range(_TRIES):
        try:
            async with database.writing() as tx:
                if tx.conn.dialect.name == "postgresql":
                    # Its own share of the lock is no hindrance; and nobody waits behind it for long.
                    await tx.conn.execute(text(f"SET LOCAL lock_timeout = {_PATIENCE_MS}"))
                    await tx.conn.execute(text(f"SELECT pg_advisory_xact_lock({WRITING})"))
            return
        except DBAPIError as refused:
            if not _is_locked(refused):
                raise
            await asyncio.sleep(_PAUSE)
    raise StillInUse


def _is_locked(refused: DBAPIError) -> bool:
    return "locked" in str(refused.orig) or getattr(refused.orig, "sqlstate", "") == _LOCK_NOT_AVAILABLE


def _finish(path: Path, used: set[int], keep: bool) -> frozenset[int]:
    vault = read_vault(path)
    others = vault.keys.keys() - {vault.current}
    stay = frozenset(number for number in others if keep or number in vault.retired | used)
    keys = {number: key for number, key in vault.keys.items() if number in stay | {vault.current}}
    replace_vault(replace(vault, keys=keys, retired=stay), path)
    return stay
