"""Whether the key at hand is the one that this database was written with."""

from __future__ import annotations

from sqlalchemy import select

from storage.database import Transaction
from storage.people import people
from storage.vault import KeyFileWrong, SealBroken

# One damaged row is no reason to stay down; with a wrong key none of these opens.
_TRIED = 20


async def check_key(tx: Transaction) -> None:
    """Raises KeyFileWrong: with another key every message would look damaged, and be put aside."""
    query = select(people.c.id, people.c.name).order_by(people.c.id).limit(_TRIED)
    rows = (await tx.conn.execute(query)).all()
    if rows and not any(_opens(tx, row.name, row.id) for row in rows):
        raise KeyFileWrong(
            "密钥文件与这个数据库不是一套，请换回原来的密钥文件。\n"
            "The key file does not belong to this database: put the right one in its place."
        )


def _opens(tx: Transaction, sealed: bytes, row: str) -> bool:
    try:
        tx.open(sealed, row, "people.name")
    except SealBroken:
        return False
    return True
