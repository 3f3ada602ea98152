"""Whoever steals the disk reads nobody's life: no personal text is in the bytes of the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.vault import Vault, new_vault
from tests.storage import canaries
from tests.storage.test_vault import SEALED


async def test_no_personal_text_is_in_the_bytes_of_the_database(database: Database) -> None:
    async with database.writing() as tx:
        await canaries.live(tx)
    written = await _everything_written(database)
    assert len(written) > 5_000
    assert canaries.found_in(written) == set()
    await database.close()
    assert canaries.found_in(await _everything_written(database)) == set()


@dataclass(frozen=True, slots=True)
class LeakingVault(Vault):
    """As if somebody had taken the sealing out of one column."""

    leaks: str = ""

    def seal(self, text: str, row: str, column: str) -> bytes:
        return text.encode() if column == self.leaks else Vault.seal(self, text, row, column)

    def open(self, sealed: bytes, row: str, column: str) -> str:
        return sealed.decode() if column == self.leaks else Vault.open(self, sealed, row, column)


@pytest.mark.parametrize(
    ("engine", "column"), [*(("sqlite", column) for column in SEALED), ("postgresql", "people.name")]
)
async def test_a_column_that_lost_its_seal_is_found_out(database_url: str, column: str) -> None:
    """Says as well that the life of the canaries fills every sealed column."""
    whole = new_vault()
    leaking = LeakingVault(whole.keys, whole.current, whole.index_key, leaks=column)
    database = Database(database_url, leaking)
    try:
        async with database.writing() as tx:
            await canaries.live(tx)
        assert canaries.found_in(await _everything_written(database)) != set()
    finally:
        await database.close()


@pytest.mark.parametrize("shown", ["utf-8", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("before", [b"", b"x", b"xx"])
def test_the_search_knows_a_canary_in_other_clothes(shown: str, before: bytes) -> None:
    import base64

    plain = before + canaries.CANARIES["job"].encode(shown)
    for clothes in (plain, plain.hex().encode(), plain.hex().upper().encode(), base64.b64encode(plain)):
        assert canaries.found_in(b"..." + clothes + b"...")


async def _everything_written(database: Database) -> bytes:
    """All bytes of SQLite's files; on PostgreSQL all that can be selected, as bytes and as text."""
    if database.url.get_backend_name() == "sqlite":
        file = Path(str(database.url.database))
        return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    async with database.reading() as tx:
        tables = await tx.conn.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        return b"".join([await _rows(database, name) for (name,) in tables])


async def _rows(database: Database, table: str) -> bytes:
    async with database.reading() as tx:
        plain = await tx.conn.execute(text(f"SELECT * FROM {table}"))
        values = [value for row in plain for value in row]
        as_text = await tx.conn.execute(text(f"SELECT t::text FROM {table} t"))
        return b"\n".join(
            value if isinstance(value, bytes) else str(value).encode()
            for value in (*values, *as_text.scalars())
        )
