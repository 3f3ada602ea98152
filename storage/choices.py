"""Answers that were offered: a button carries an opaque token, an SMS a number; the act stays here.

A token counts only for the address it was shown to and the person it was shown to.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    insert,
    select,
    update,
)

from content.act import Act
from content.letter import Choice
from storage.columns import Moment, SealedBytes, metadata
from storage.database import Transaction
from storage.vault import SealBroken

_TOKEN_BYTES = 12
BUTTON_HOLDS_FOR = timedelta(days=30)
NUMBER_HOLDS_FOR = timedelta(days=1)

choices = Table(
    "choices",
    metadata,
    Column("token", Text, primary_key=True),
    Column("outbox_id", Text, nullable=False, index=True),
    Column("address_index", LargeBinary, nullable=False),
    Column("person_id", Text, ForeignKey("people.id")),
    Column("n", Integer, nullable=False),
    Column("act", SealedBytes, nullable=False),
    Column("offered_at", Moment, nullable=False),
    Index("ix_choices_address_offered", "address_index", "offered_at"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    person_id: str | None
    n: int
    act: Act


@dataclass(frozen=True, slots=True)
class Shown:
    """A choice and the token by which it comes back."""

    choice: Choice
    token: str


def with_tokens(rows: tuple[tuple[Choice, ...], ...]) -> list[list[Shown]]:
    return [[Shown(choice, secrets.token_urlsafe(_TOKEN_BYTES)) for choice in row] for row in rows]


async def offer(
    tx: Transaction,
    now: datetime,
    outbox_id: str,
    address_index: bytes,
    person_id: str | None,
    rows: list[list[Shown]],
) -> None:
    """Keep the acts behind a letter's buttons. They are numbered from 1, row by row."""
    kept = [
        {
            "token": shown.token,
            "outbox_id": outbox_id,
            "address_index": address_index,
            "person_id": person_id,
            "n": n,
            "act": tx.seal(shown.choice.act.to_json(), shown.token, "choices.act"),
            "offered_at": now,
        }
        for n, shown in enumerate((shown for row in rows for shown in row), start=1)
    ]
    if kept:
        await tx.conn.execute(insert(choices), kept)


async def pressed(tx: Transaction, now: datetime, address_index: bytes, token: str) -> Offered | None:
    """What the button meant that this address pressed; None for one that it was never shown."""
    rows = await tx.conn.execute(
        select(choices).where(
            choices.c.token == token,
            choices.c.address_index == address_index,
            choices.c.offered_at > now - BUTTON_HOLDS_FOR,
        )
    )
    row = rows.first()
    return _offered(tx, row) if row else None


async def beside(tx: Transaction, now: datetime, address_index: bytes, token: str) -> dict[str, Act]:
    """Token and act of each button of the message that `token` hangs under, itself among them."""
    pressed_one = select(choices.c.outbox_id).where(
        choices.c.token == token,
        choices.c.address_index == address_index,
        choices.c.offered_at > now - BUTTON_HOLDS_FOR,
    )
    same_message = choices.c.outbox_id == pressed_one.scalar_subquery()
    rows = await tx.conn.execute(select(choices).where(same_message).order_by(choices.c.n))
    return {row.token: _offered(tx, row).act for row in rows}


async def last_asked(tx: Transaction, now: datetime, address_index: bytes) -> list[Offered] | None:
    """The answers of the last question to this address: [] where it is over, None where none was asked."""
    latest = (
        select(choices.c.outbox_id, choices.c.offered_at)
        .where(choices.c.address_index == address_index)
        .order_by(choices.c.offered_at.desc(), choices.c.outbox_id.desc())
        .limit(1)
    )
    asked = (await tx.conn.execute(latest)).first()
    if asked is None:
        return None
    if asked.offered_at <= now - NUMBER_HOLDS_FOR:
        return []
    rows = await tx.conn.execute(
        select(choices).where(choices.c.outbox_id == asked.outbox_id).order_by(choices.c.n)
    )
    return [_offered(tx, row) for row in rows]


async def move(tx: Transaction, outbox_id: str, address_index: bytes) -> None:
    """The letter goes to another of the person's addresses, and so do its answers."""
    await tx.conn.execute(
        update(choices).where(choices.c.outbox_id == outbox_id).values(address_index=address_index)
    )


def _offered(tx: Transaction, row: Row[tuple[object, ...]]) -> Offered:
    try:
        act = Act.from_json(tx.open(row.act, row.token, "choices.act"))
    except SealBroken:
        act = Act(intent="expired")
    return Offered(person_id=row.person_id, n=row.n, act=act)
