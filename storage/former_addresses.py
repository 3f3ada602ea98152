"""Addresses that were somebody's: whose, why they ended, and how one is given back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from storage.addresses import Address, AddressTaken, ChannelName, Ending, address_of, addresses, behind
from storage.database import Transaction


async def ended_lately(
    tx: Transaction, channel: ChannelName, value: str, reason: Ending, since: datetime
) -> Address | None:
    """The newest that ended for this reason after `since`: whose it was before."""
    rows = await tx.conn.execute(
        select(addresses)
        .where(
            addresses.c.value_index == tx.blind(channel, value),
            addresses.c.ended_for == reason,
            addresses.c.ended_at > since,
        )
        .order_by(addresses.c.ended_at.desc(), addresses.c.id.desc())
    )
    row = rows.first()
    return address_of(tx, row) if row else None


async def replaced_at(tx: Transaction, person_id: str, moment: datetime) -> list[Address]:
    """The person's addresses that another took the place of in the turn of that moment."""
    rows = await tx.conn.execute(
        select(addresses).where(
            addresses.c.person_id == person_id,
            addresses.c.ended_for == "replaced",
            addresses.c.ended_at == moment,
        )
    )
    return [address_of(tx, row) for row in rows]


async def was_disowned(tx: Transaction, person_id: str, channel: ChannelName, value: str) -> bool:
    """Whether somebody at this address said that it is not this person's."""
    rows = await tx.conn.execute(
        select(addresses.c.id).where(
            addresses.c.value_index == tx.blind(channel, value),
            addresses.c.person_id == person_id,
            addresses.c.ended_for == "disowned",
        )
    )
    return rows.first() is not None


async def restore(tx: Transaction, address: Address) -> None:
    """It is the person's again as it was. Raises AddressTaken where somebody else has it by now."""
    taken = await behind(tx, address.channel, address.value)
    if taken and taken.verified and taken.person_id != address.person_id:
        raise AddressTaken
    restored = update(addresses).where(addresses.c.id == address.id).values(ended_at=None, ended_for=None)
    try:
        async with tx.attempt():
            await tx.conn.execute(restored)
    except IntegrityError:
        raise AddressTaken from None
