"""An open transaction, as all of storage takes it: where it writes, and the keys of what it reads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.desk import Desk
from storage.ids import IdMint
from storage.vault import DAMAGED, SealBroken, Vault

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction, and the keys with which its personal fields are read.

    `leases_as` is the name of this process among those that share the database, where it has one.
    """

    conn: AsyncConnection
    desk: Desk
    vault: Vault
    mint: IdMint
    leases_as: str | None = None
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
