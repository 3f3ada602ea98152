"""The database: one writer at a time on SQLite, as many as it likes on PostgreSQL; readers apart.

On SQLite a write begins with BEGIN IMMEDIATE: without it fifty concurrent read-modify-writes were
seen to end at 1, without an error.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import event, make_url, text
from sqlalchemy.exc import DatabaseError as DatabaseBroken
from sqlalchemy.exc import OperationalError as DatabaseRefused
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState

from storage import one_hop
from storage.connection import Connection, to_its_end
from storage.desk import Desk
from storage.ids import IdMint
from storage.key_ring import KeyRing
from storage.vault import DAMAGED, SealBroken, Vault

__all__ = ["Database", "DatabaseBroken", "DatabaseRefused", "Transaction"]

log = structlog.get_logger()

_READERS = 4
_BUSY_MS = 10_000

# Held by each that writes, so that a change of keys can wait for those who began with the old one.
WRITING = 7_212_001


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction, and the keys with which its personal fields are read."""

    conn: AsyncConnection
    desk: Desk
    vault: Vault
    mint: IdMint
    _blinds: dict[tuple[str, str], bytes] = field(default_factory=dict, repr=False)

    def new_id(self, now: datetime) -> str:
        return self.mint.new(now)

    @asynccontextmanager
    async def attempt(self) -> AsyncIterator[None]:
        """What fails in this block is undone, and the transaction goes on."""
        await self.desk.catch_up()
        try:
            async with self.conn.begin_nested():
                yield
                await self.desk.catch_up()
        except BaseException:
            self.desk.drop()
            raise

    def blind(self, channel: str, value: str) -> bytes:
        """`Vault.blind`, worked out once: a word's own address is looked for by four of its steps."""
        index = self._blinds.get((channel, value))
        if index is None:
            index = self._blinds[channel, value] = self.vault.blind(channel, value)
        return index

    def seal(self, text: str | None, row: str, column: str) -> bytes | None:
        return None if text is None else self.vault.seal(text, row, column)

    def open(self, sealed: bytes | None, row: str, column: str) -> str:
        """The text of a sealed field, empty where nothing is kept."""
        return "" if sealed is None else self.vault.open(sealed, row, column)

    def read(self, sealed: bytes | None, row: str, column: str) -> str:
        """The text of a field that is shown beside others: DAMAGED where it does not open, and logged.

        One bad sector must not cost a whole branch its reminders and lists.
        """
        try:
            return self.open(sealed, row, column)
        except SealBroken:
            log.error("seal_broken", column=column, row=row)
            return DAMAGED


class Database:
    """Opened once by the roof, closed before its event loop ends."""

    def __init__(self, url: str, keys: Vault | KeyRing) -> None:
        self.url = make_url(url)
        self._keys = keys
        self._mint = IdMint()
        self._sqlite = self.url.get_backend_name() == "sqlite"
        self._writer = self._engine(pool_size=1 if self._sqlite else 8, begin="BEGIN IMMEDIATE")
        self._reader = self._engine(pool_size=_READERS, begin="BEGIN") if self._sqlite else self._writer

    @property
    def vault(self) -> Vault:
        """The keys as they are now: they change under a program that runs."""
        return self._keys.vault() if isinstance(self._keys, KeyRing) else self._keys

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """A transaction that commits at the end of the block, and leaves nothing behind if it fails."""
        async with self._transaction(self._writer) as tx:
            yield tx if self._sqlite else await self._with_its_share(tx)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with self._transaction(self._reader) as tx:
            yield tx

    async def close(self) -> None:
        await self._writer.dispose()
        await self._reader.dispose()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[Transaction]:
        conn = Connection(engine)
        await conn.start()
        try:
            await to_its_end(conn.begin().start())
            # The keys are taken after BEGIN IMMEDIATE: who waited there for a change of keys has the new one.
            yield Transaction(conn, conn.desk, self.vault, self._mint)
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
                connect_args={"server_settings": {"lock_timeout": str(_BUSY_MS)}},
            )
        engine = create_async_engine(
            self.url,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=60,
            hide_parameters=True,
            # A rollback of what has ended is one more hop for nothing: _reset looks first.
            pool_reset_on_return=None,
            async_creator=one_hop.opens(self.url.database or "", _BUSY_MS / 1000),
        )
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", lambda conn: conn.exec_driver_sql(begin))
        event.listen(engine.sync_engine, "reset", _reset)
        return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
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
