"""Claims of a new number, until it is proven: by a code typed at an old door, or by its own answer. (S7)

A claim is no address: nothing is ever sent to it, and nobody is found by it, before it is proven.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import (
    Column,
    ColumnElement,
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

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction

Outcome = Literal["moved", "replaced", "refused", "disputed", "too_many_tries", "withdrawn"]

A_DAY = timedelta(days=1)
HOLDS_FOR = A_DAY  # as long as the number of an answer
MOST_TRIES = 5
UNDONE_WITHIN = timedelta(days=7)

number_claims = Table(
    "number_claims",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("value", SealedBytes, nullable=False),
    Column("value_index", LargeBinary, nullable=False),
    Column("code_hash", LargeBinary),
    Column("vouched_by", Text, ForeignKey("people.id")),
    Column("tries", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_for", Text),
    Index("ix_number_claims_person_made", "person_id", "made_at"),
    Index("ix_number_claims_value_made", "value_index", "made_at"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """`vouched_by` is the liaison who spoke with the member; else a code was texted to the number."""

    id: str
    person_id: str
    value: str
    vouched_by: str | None
    tries: int
    made_at: datetime
    ended_at: datetime | None


def new_code() -> str:
    return f"{secrets.randbelow(10**6):06}"


async def make(
    tx: Transaction,
    now: datetime,
    person_id: str,
    number: str,
    code: str = "",
    vouched_by: str | None = None,
) -> Claim:
    """A new claim; one that was open before is over. Of the code only a keyed hash is kept."""
    await end_open(tx, now, person_id, "replaced")
    made = tx.new_id(now)
    await tx.conn.execute(
        insert(number_claims).values(
            id=made,
            person_id=person_id,
            value=tx.seal(number, made, "number_claims.value"),
            value_index=tx.blind("sms", number),
            code_hash=_hash(tx, made, code) if code else None,
            vouched_by=vouched_by,
            tries=0,
            made_at=now,
        )
    )
    return Claim(made, person_id, number, vouched_by, 0, now, None)


async def open_of(tx: Transaction, now: datetime, person_id: str) -> Claim | None:
    """The person's open claim, locked: two who type a code are served one by one."""
    return await _first_open(tx, now, number_claims.c.person_id == person_id)


async def open_at(tx: Transaction, now: datetime, number: str) -> Claim | None:
    """The newest open claim of this number, whoever makes it."""
    return await _first_open(tx, now, number_claims.c.value_index == tx.blind("sms", number))


async def open_with(tx: Transaction, now: datetime, claim_id: str) -> Claim | None:
    return await _first_open(tx, now, number_claims.c.id == claim_id)


async def try_code(tx: Transaction, now: datetime, claim: Claim, code: str) -> bool:
    """Whether this is the code that was texted. The fifth wrong one ends the claim."""
    kept = await tx.conn.execute(select(number_claims.c.code_hash).where(number_claims.c.id == claim.id))
    if kept.scalar_one() == _hash(tx, claim.id, code):
        return True
    tried = update(number_claims).where(number_claims.c.id == claim.id).values(tries=claim.tries + 1)
    await tx.conn.execute(tried)
    if claim.tries + 1 >= MOST_TRIES:
        await end_open(tx, now, claim.person_id, "too_many_tries")
    return False


async def end_open(tx: Transaction, now: datetime, person_id: str, outcome: Outcome) -> None:
    """Whatever the person has open is over, with what became of it."""
    await tx.conn.execute(
        update(number_claims)
        .where(number_claims.c.person_id == person_id, number_claims.c.ended_at.is_(None))
        .values(ended_at=now, ended_for=outcome)
    )


async def moved_lately(tx: Transaction, now: datetime, person_id: str) -> Claim | None:
    """The change of number that can still be undone: the newest of the last seven days."""
    rows = await tx.conn.execute(
        select(number_claims)
        .where(
            number_claims.c.person_id == person_id,
            number_claims.c.ended_for == "moved",
            number_claims.c.ended_at > now - UNDONE_WITHIN,
        )
        .order_by(number_claims.c.ended_at.desc(), number_claims.c.id.desc())
        .with_for_update()
    )
    row = rows.first()
    return _claim(tx, row) if row else None


async def undo(tx: Transaction, claim: Claim) -> None:
    """It was not the person who moved the number: there is nothing more to undo."""
    undone = update(number_claims).where(number_claims.c.id == claim.id).values(ended_for="disputed")
    await tx.conn.execute(undone)


async def made_in_a_day(tx: Transaction, now: datetime, person_id: str) -> int:
    """How many claims were made for this person within a day."""
    return await _made_in_a_day(tx, now, number_claims.c.person_id == person_id)


async def texted_in_a_day(tx: Transaction, now: datetime, number: str) -> int:
    """How many claims wrote to this number within a day, whoever made them."""
    return await _made_in_a_day(tx, now, number_claims.c.value_index == tx.blind("sms", number))


async def _made_in_a_day(tx: Transaction, now: datetime, whose: ColumnElement[bool]) -> int:
    counted = select(func.count()).select_from(number_claims)
    made = await tx.conn.execute(counted.where(whose, number_claims.c.made_at > now - A_DAY))
    return made.scalar_one()


async def _first_open(tx: Transaction, now: datetime, which: ColumnElement[bool]) -> Claim | None:
    rows = await tx.conn.execute(
        select(number_claims)
        .where(which, number_claims.c.ended_at.is_(None), number_claims.c.made_at > now - HOLDS_FOR)
        .order_by(number_claims.c.made_at.desc(), number_claims.c.id.desc())
        .with_for_update()
    )
    row = rows.first()
    return _claim(tx, row) if row else None


def _hash(tx: Transaction, claim_id: str, code: str) -> bytes:
    """Bound to its claim: six digits alone would have the same fingerprint in every row."""
    return tx.vault.code_hash(f"{claim_id}:{code}")


def _claim(tx: Transaction, row: Row[tuple[object, ...]]) -> Claim:
    return Claim(
        id=row.id,
        person_id=row.person_id,
        value=tx.open(row.value, row.id, "number_claims.value"),
        vouched_by=row.vouched_by,
        tries=row.tries,
        made_at=row.made_at,
        ended_at=row.ended_at,
    )
