"""The database: one writer at a time on SQLite, as many as it likes on PostgreSQL; readers apart.

On SQLite a write begins with BEGIN IMMEDIATE: without it fifty concurrent read-modify-writes were
seen to end at 1, without an error.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DatabaseError as DatabaseBroken
from sqlalchemy.exc import OperationalError as DatabaseRefused
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState

from storage import one_hop
from storage.connection import Connection, to_its_end
from storage.database_file import DatabaseOutOfReach
from storage.ids import IdMint
from storage.key_ring import KeyRing
from storage.lock_wait import LockWait
from storage.transaction import Transaction
from storage.trouble import Trouble, trouble_of
from storage.vault import Vault

__all__ = ["Database", "DatabaseBroken", "DatabaseRefused", "Transaction"]

_READERS = 4
_BUSY_MS = 10_000

# Held by each that writes, so that a change of keys can wait for those who began with the old one.
WRITING = 7_212_001


def _nobody_hears(_trouble: Trouble) -> None:
    """Where nobody watches, as in a command."""


class Database:
    """Opened once by the roof, closed before its event loop ends. Who has the database locked is waited
    for `busy_ms` milliseconds.

    `troubled` is told each time it could not be written for a trouble of its own. `leases_as` as in
    `Transaction`.
    """

    def __init__(self, url: str, keys: Vault | KeyRing, busy_ms: int | None = None) -> None:
        self.url = make_url(url)
        self._lock_wait = LockWait(busy_ms or _BUSY_MS)
        self._keys = keys
        self._mint = IdMint()
        self.troubled: Callable[[Trouble], None] = _nobody_hears
        self.leases_as: str | None = None
        self._sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = self._engine(pool_size=1 if self._sqlite else 8, begin="BEGIN IMMEDIATE")
        self._reader = self._engine(pool_size=_READERS, begin="BEGIN") if self._sqlite else self._writer

    @property
    def file(self) -> Path | None:
        """Of SQLite, whose one program this is; None where several may share the database."""
        return Path(self.url.database or "") if self._sqlite else None

    @property
    def vault(self) -> Vault:
        """The keys as they are now: they change under a program that runs."""
        return self._keys.vault() if isinstance(self._keys, KeyRing) else self._keys

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end of the block, and leaves nothing behind if it fails."""
        try:
            async with self._transaction(self._writer) as tx:
                yield tx if self._sqlite else await self._with_its_share(tx)
        except Exception as error:
            if trouble := trouble_of(error):
                if trouble == "held":
                    self._lock_wait.was_in_vain()
                self.troubled(trouble)
            raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with self._transaction(self._reader) as tx:
            yield tx

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[Transaction]:
        waits_since = time.monotonic()
        conn = await _opened(engine)
        try:
            if self._sqlite and engine is self._writer:
                driver = (await conn.get_raw_connection()).driver_connection
                await self._lock_wait.limit(driver, time.monotonic() - waits_since)
            await to_its_end(conn.begin().start())
            # The keys are taken after BEGIN IMMEDIATE: who waited there for a change of keys has the new one.
            yield Transaction(conn, conn.desk, self.vault, self._mint, self.leases_as)
            await conn.desk.catch_up()
            await to_its_end(conn.commit())
        finally:
            # A task cancelled here would hand its open transaction to the next one, to commit unseen.
            await to_its_end(conn.close())

    async def _with_its_share(self, tx: Transaction) -> Transaction:
        """PostgreSQL has many writers: each shows until its end that it is one, and then takes the keys."""
        await tx.conn.execute(text(f"SELECT pg_advisory_xact_lock_shared({WRITING})"))
        return replace(tx, vault=self.vault)

    def _engine(self, pool_size: int, begin: str) -> AsyncEngine:
        if not self._sqlite:
            return create_async_engine(
                self.url,
                pool_size=pool_size,
                max_overflow=0,
                hide_parameters=True,
                # Whoever waits for a lock without end cannot be told to stop either.
                connect_args={"server_settings": {"lock_timeout": str(self._lock_wait.usual_ms)}},
            )
        engine = create_async_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=60,
            hide_parameters=True,
            # A rollback of what has ended is one more hop for nothing: _reset looks first.
            pool_reset_on_return=None,
            async_creator=one_hop.opens(self.url.database or "", self._lock_wait.usual_ms),
        )
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", lambda conn: conn.exec_driver_sql(begin))
        event.listen(engine.sync_engine, "reset", _reset)
        return engine


async def _opened(engine: AsyncEngine) -> Connection:
    conn = Connection(engine)
    try:
        await conn.start()
    except OSError as error:
        # PostgreSQL's driver lets through what its socket says.
        raise DatabaseOutOfReach(DatabaseOutOfReach.__doc__) from error
    return conn


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _reset(connection: Any, _record: Any, state: PoolResetState) -> None:
    """Undo what a refused commit, or a rollback that failed, left open, before the next one gets this
    connection: SQLite keeps its lock on the file, and the library takes the transaction for ended.
    """
    if state.asyncio_safe and connection.driver_connection.in_transaction:
        connection.rollback()
