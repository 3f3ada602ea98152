"""Who is told when the program itself is in trouble: read while all is well, and kept in memory."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import select

from storage.addresses import Address, address_of, addresses
from storage.database import Transaction
from storage.offices import offices


async def doors_of_admins(tx: Transaction) -> list[list[Address]]:
    """Of each administrator the verified addresses that work, chats first; only of those who have one."""
    admins = select(offices.c.person_id).where(offices.c.role == "admin", offices.c.ended_at.is_(None))
    rows = await tx.conn.execute(
        select(addresses)
        .where(addresses.c.person_id.in_(admins), addresses.c.ended_at.is_(None))
        .where(addresses.c.verified_at.is_not(None))
        .order_by(addresses.c.person_id, addresses.c.channel.desc(), addresses.c.id.desc())
    )
    doors = [door for row in rows if (door := address_of(tx, row)).usable]
    return [list(of_one) for _, of_one in groupby(doors, lambda door: door.person_id)]
