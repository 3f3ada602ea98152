"""Answers that were offered: a button carries an opaque token, an SMS a number; the act stays here.

A token counts only for the address it was shown to and the person it was shown to.
"""

from __future__ import annotations

import json
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
    func,
    insert,
    select,
    update,
)

from content.act import Act
from content.letter import Choice, ChosenBy
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
    # The how-manieth question to this address: clocks step back, and ids begin anew with a process.
    Column("nth", Integer, nullable=False),
    Column("chosen_by", Text, nullable=False),
    Column("answered_at", Moment),
    Index("ix_choices_address_nth", "address_index", "nth"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """`is_answered`: a number or a word has picked it before. `label` is what was read beside it."""

    token: str
    person_id: str | None
    n: int
    act: Act
    offered_at: datetime
    is_answered: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers. Of two to one address the later one has the greater `nth`."""

    offered: list[Offered]
    at: datetime
    nth: int
    is_open: bool

    @property
    def is_answered(self) -> bool:
        return any(offered.is_answered for offered in self.offered)


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


async def end_numbers(tx: Transaction, now: datetime, address_index: bytes, person_id: str) -> None:
    """A newer order was given here: the numbers under older letters pick nothing any more.

    An answer without numbers of its own would leave them standing, and a 2 would act on somebody whom
    the person has long turned from. Buttons still work: each shows whom it is about.
    """
    nothing = with_tokens(((Choice("", Act(intent="drop")),),))[0][0]
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
            answered_at=now,
        )
    )


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


async def last_asked(
    tx: Transaction, now: datetime, address_index: bytes, chosen_by: ChosenBy | None = None
) -> Asked | None:
    """The last question to this address; None where none was asked. By letters, by numbers, or either.

    A bare number answers it for a day. A letter can mean nothing else, and does as long as a button.
    """
    query = select(choices.c.outbox_id, choices.c.offered_at, choices.c.nth).where(
        choices.c.address_index == address_index
    )
    query = query.where(choices.c.chosen_by == chosen_by if chosen_by else choices.c.chosen_by != "word")
    last = (await tx.conn.execute(query.order_by(choices.c.nth.desc(), choices.c.token).limit(1))).first()
    if last is None:
        return None
    rows = await tx.conn.execute(
        select(choices).where(choices.c.outbox_id == last.outbox_id).order_by(choices.c.n)
    )
    holds_for = BUTTON_HOLDS_FOR if chosen_by == "letter" else NUMBER_HOLDS_FOR
    is_open = last.offered_at > now - holds_for
    return Asked([_offered(tx, row) for row in rows], last.offered_at, last.nth, is_open)


async def mark_answered(tx: Transaction, now: datetime, offered: Offered) -> None:
    """It was picked, by number or by word."""
    await tx.conn.execute(update(choices).where(choices.c.token == offered.token).values(answered_at=now))


async def move(tx: Transaction, outbox_id: str, address_index: bytes) -> None:
    """The letter goes to another of the person's addresses, and so do its answers."""
    moved = {"address_index": address_index, "nth": await _next(tx, address_index)}
    await tx.conn.execute(update(choices).where(choices.c.outbox_id == outbox_id).values(**moved))


async def _next(tx: Transaction, address_index: bytes) -> int:
    query = select(func.coalesce(func.max(choices.c.nth), 0) + 1)
    return int((await tx.conn.execute(query.where(choices.c.address_index == address_index))).scalar_one())


def _sealed(tx: Transaction, choice: Choice, token: str) -> bytes | None:
    return tx.seal(json.dumps([choice.label, choice.act.to_json()]), token, "choices.act")


def _offered(tx: Transaction, row: Row[tuple[object, ...]]) -> Offered:
    try:
        label, act_told = json.loads(tx.open(row.act, row.token, "choices.act"))
        act = Act.from_json(act_told)
    except SealBroken:
        label, act = "", Act(intent="expired")
    return Offered(
        token=row.token,
        person_id=row.person_id,
        n=row.n,
        act=act,
        offered_at=row.offered_at,
        is_answered=row.answered_at is not None,
        label=label,
    )
