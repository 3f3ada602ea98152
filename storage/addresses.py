"""Addresses: a person's chats and numbers. A failing address is suspended; the person never is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.once import insert_once
from storage.vault import DAMAGED

ChannelName = Literal["telegram", "sms"]
# Why an address is no longer somebody's: another took its place, its owner is somebody else, its person
# says that they never opened it, or they have left.
Ending = Literal["replaced", "disowned", "disputed", "withdrawn"]

RESTS = "suspended_until IS NOT NULL"
SUSPECT = "suspect_at IS NOT NULL AND ended_at IS NULL"
# What a word from an address, or a proof of it, does away with.
_ALL_CLEAR = {
    "suspended_at": None,
    "suspended_for": None,
    "suspended_until": None,
    "failed_at": None,
    "failed_letter": None,
    "suspect_at": None,
    "suspect_for": None,
}

addresses = Table(
    "addresses",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("channel", Text, nullable=False),
    Column("value", SealedBytes, nullable=False),
    Column("value_index", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("verified_at", Moment),
    Column("came_by_link", Boolean, nullable=False, default=False),
    Column("suspended_at", Moment),
    Column("suspended_for", Text),
    # A number that failed once for good rests until then; empty of what is shut until a word comes from it.
    Column("suspended_until", Moment),
    # The first letter that failed for good; with a second one the number is suspect.
    Column("failed_at", Moment),
    Column("failed_letter", Text),
    Column("suspect_at", Moment),
    Column("suspect_for", Text),
    Column("ended_at", Moment),
    Column("ended_for", Text),
    Index(
        "uq_addresses_in_use",
        "value_index",
        unique=True,
        sqlite_where=text("ended_at IS NULL AND verified_at IS NOT NULL"),
        postgresql_where=text("ended_at IS NULL AND verified_at IS NOT NULL"),
    ),
    Index("ix_addresses_value_index", "value_index"),
    Index(
        "ix_addresses_resting",
        "suspended_until",
        sqlite_where=text(RESTS),
        postgresql_where=text(RESTS),
    ),
    Index("ix_addresses_suspect", "suspect_at", sqlite_where=text(SUSPECT), postgresql_where=text(SUSPECT)),
)


class AddressTaken(Exception):
    """Another person has verified this address already."""


class Address(NamedTuple):
    id: str
    person_id: str
    channel: ChannelName
    value: str
    verified_at: datetime | None
    came_by_link: bool
    suspended_for: str
    suspended_at: datetime | None
    ended_at: datetime | None
    failed_at: datetime | None = None
    suspect_for: str = ""

    @property
    def verified(self) -> bool:
        return self.verified_at is not None

    @property
    def usable(self) -> bool:
        return not self.suspended_for

    @property
    def is_doubted(self) -> bool:
        """Whether a word from it has something to clear."""
        return bool(self.suspended_at or self.failed_at or self.suspect_for)


async def behind(tx: Transaction, channel: ChannelName, value: str) -> Address | None:
    """Whose address this is: the verified one first, else the newest that somebody put on a roster."""
    index = tx.blind(channel, value)
    rows = tx.desk.seen("addresses", index)
    if rows is None:
        rows = list(await tx.conn.execute(claims_on([index])))
    return address_of(tx, rows[0]) if rows else None


async def of_person(tx: Transaction, person_id: str) -> list[Address]:
    """The addresses in use: chats first, then numbers."""
    rows = await tx.conn.execute(
        select(addresses)
        .where(addresses.c.person_id == person_id, addresses.c.ended_at.is_(None))
        .order_by(addresses.c.channel.desc(), addresses.c.verified_at.is_(None), addresses.c.id.desc())
    )
    return [address_of(tx, row) for row in rows]


async def by_id(tx: Transaction, address_id: str) -> Address:
    return address_of(
        tx, (await tx.conn.execute(select(addresses).where(addresses.c.id == address_id))).one()
    )


async def add(
    tx: Transaction,
    now: datetime,
    person_id: str,
    channel: ChannelName,
    value: str,
    verified: bool = False,
    by_link: bool = False,
) -> str:
    """Note an address; `by_link` where only a link speaks for it, which anybody can pass on.

    Raises AddressTaken where another person has verified it.
    """
    known = await behind(tx, channel, value)
    if known and known.person_id == person_id:
        if verified and not known.verified:
            await verify(tx, now, known)
        return known.id
    if known and known.verified:
        raise AddressTaken
    made = tx.new_id(now)
    row = {
        "id": made,
        "person_id": person_id,
        "channel": channel,
        "value": tx.seal(value, made, "addresses.value"),
        "value_index": tx.blind(channel, value),
        "made_at": now,
        "verified_at": now if verified else None,
        "came_by_link": by_link,
    }
    if await insert_once(tx, addresses, row):
        return made
    # Somebody verified it between the look and the insert; now the look tells who.
    return await add(tx, now, person_id, channel, value, verified, by_link)


async def verify(tx: Transaction, now: datetime, address: Address) -> None:
    """The person answered from it. Raises AddressTaken where somebody else's claim was faster."""
    taken = await behind(tx, address.channel, address.value)
    if taken and taken.verified and taken.person_id != address.person_id:
        raise AddressTaken
    verified = update(addresses).where(addresses.c.id == address.id).values(verified_at=now, **_ALL_CLEAR)
    try:
        async with tx.attempt():
            await tx.conn.execute(verified)
    except IntegrityError:
        raise AddressTaken from None


async def suspend(
    tx: Transaction, now: datetime, address_id: str, reason: str, until: datetime | None = None
) -> None:
    """Nothing goes to it until a word comes from it, or until it has rested."""
    shut = {"suspended_at": now, "suspended_for": reason, "suspended_until": until}
    await tx.conn.execute(update(addresses).where(addresses.c.id == address_id).values(shut))


async def revive(tx: Transaction, address_id: str) -> None:
    """A word came from it: it works, and it is theirs."""
    await tx.conn.execute(update(addresses).where(addresses.c.id == address_id).values(_ALL_CLEAR))


async def end(tx: Transaction, now: datetime, address_id: str, reason: Ending = "replaced") -> None:
    """It is no longer this person's; the row stays as history."""
    ended = update(addresses).where(addresses.c.id == address_id).values(ended_at=now, ended_for=reason)
    await tx.conn.execute(ended)


def claims_on(indexes: Sequence[bytes]) -> Select[tuple[object, ...]]:
    """Who has these addresses, by blind index: for each the verified one first, else the newest."""
    return (
        select(addresses)
        .where(addresses.c.value_index.in_(indexes), addresses.c.ended_at.is_(None))
        .order_by(addresses.c.verified_at.is_(None), addresses.c.id.desc())
    )


def address_of(tx: Transaction, row: Row[tuple[object, ...]]) -> Address:
    """The address in a row of `addresses`."""
    kept = row._mapping
    value = tx.read(kept["value"], kept["id"], "addresses.value")
    return Address(
        id=kept["id"],
        person_id=kept["person_id"],
        channel=kept["channel"],
        value=value,
        verified_at=kept["verified_at"],
        came_by_link=kept["came_by_link"],
        suspended_for="damaged" if value == DAMAGED else kept["suspended_for"] or "",
        suspended_at=kept["suspended_at"],
        ended_at=kept["ended_at"],
        failed_at=kept["failed_at"],
        suspect_for=kept["suspect_for"] or "",
    )
