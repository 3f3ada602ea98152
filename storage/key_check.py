"""Whether the key at hand is the one that this database was written with."""

from __future__ import annotations

from sqlalchemy import select

from storage.database import Transaction
from storage.people import people
from storage.vault import KeyFileWrong, SealBroken


async def check_key(tx: Transaction) -> None:
    """Raises KeyFileWrong: with another key every message would look damaged, and be put aside."""
    row = (await tx.conn.execute(select(people.c.id, people.c.name).order_by(people.c.id).limit(1))).first()
    if row is None:
        return
    try:
        tx.open(row.name, row.id, "people.name")
    except SealBroken:
        raise KeyFileWrong(
            "密钥文件与这个数据库不是一套，请换回原来的密钥文件。\n"
            "The key file does not belong to this database: put the right one in its place."
        ) from None
