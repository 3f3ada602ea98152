"""Answers that were offered: a button carries an opaque token, an SMS a number; the act stays here.

A token counts only for the address it was shown to and the person it was shown to.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from content.act import Act
from content.letter import Choice, ChosenBy
from storage.columns import Moment, SealedBytes, metadata
from storage.database import Transaction

_TOKEN_BYTES = 12
# Of a campaign's question there is one row, its token the letter's id and this; that of each answer has
# the answer's number behind the dot.
QUESTION = ".q"

choices = Table(
    "choices",
    metadata,
    Column("token", Text, primary_key=True),
    Column("outbox_id", Text, nullable=False, index=True),
    Column("address_index", LargeBinary, nullable=False),
    Column("person_id", Text, ForeignKey("people.id")),
    Column("n", Integer, nullable=False),
    # Empty in the one row for a campaign's question, which stands with the campaign.
    Column("act", SealedBytes),
    Column("campaign_id", Text, ForeignKey("campaigns.id")),
    Column("offered_at", Moment, nullable=False),
    # The how-manieth question to this address: clocks step back, and ids begin anew with a process.
    Column("nth", Integer, nullable=False),
    Column("chosen_by", Text, nullable=False),
    Column("answered_at", Moment),
    Index("ix_choices_address_nth", "address_index", "nth"),
    Index("ix_choices_address_chosen_by_nth", "address_index", "chosen_by", "nth"),
)


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
    chosen_by: ChosenBy = "number",
) -> None:
    """Keep the acts behind a letter's buttons. They are numbered from 1, row by row."""
    if not rows:
        return
    nth = await _next(tx, address_index)
    kept = [
        {
            "token": shown.token,
            "outbox_id": outbox_id,
            "address_index": address_index,
            "person_id": person_id,
            "n": n,
            "act": _sealed(tx, shown.choice, shown.token),
            "offered_at": now,
            "nth": nth,
            "chosen_by": chosen_by,
        }
        for n, shown in enumerate((shown for row in rows for shown in row), start=1)
    ]
    if kept:
        await tx.conn.execute(insert(choices), kept)


async def end_numbers(
    tx: Transaction, now: datetime, address_index: bytes, person_id: str, instead: Act | None = None
) -> None:
    """A newer order was given here: the numbers under older letters pick nothing any more.

    An answer without numbers of its own would leave them standing, and a 2 would act on somebody whom
    the person has long turned from. Buttons still work: each shows whom it is about. `instead` is what
    such an answer leads to from now on.
    """
    nothing = with_tokens(((Choice("", instead or Act(intent="drop")),),))[0][0]
    await tx.conn.execute(
        insert(choices).values(
            token=nothing.token,
            outbox_id=nothing.token,
            address_index=address_index,
            person_id=person_id,
            n=0,
            act=_sealed(tx, nothing.choice, nothing.token),
            offered_at=now,
            nth=await _next(tx, address_index),
            chosen_by="number",
            answered_at=None if instead else now,
        )
    )


async def mark_answered(tx: Transaction, now: datetime, token: str) -> None:
    """It was picked, by number or by word."""
    asked = choices.c.token.in_([token, token.rpartition(".")[0] + QUESTION])
    await tx.conn.execute(update(choices).where(asked).values(answered_at=now))


async def move(tx: Transaction, outbox_id: str, address_index: bytes) -> None:
    """The letter goes to another of the person's addresses, and so do its answers."""
    moved = {"address_index": address_index, "nth": await _next(tx, address_index)}
    await tx.conn.execute(update(choices).where(choices.c.outbox_id == outbox_id).values(**moved))


async def _next(tx: Transaction, address_index: bytes) -> int:
    query = select(func.coalesce(func.max(choices.c.nth), 0) + 1)
    return int((await tx.conn.execute(query.where(choices.c.address_index == address_index))).scalar_one())


def _sealed(tx: Transaction, choice: Choice, token: str) -> bytes | None:
    return tx.seal(json.dumps([choice.label, choice.act.to_json()]), token, "choices.act")
