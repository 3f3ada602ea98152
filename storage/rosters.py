"""A whole roster is written down, many rows in a statement: the writer is held for seconds, not minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import bindparam, select, update

from storage import moved
from storage.addresses import AddressTaken, addresses
from storage.bound_rows import insert_rows
from storage.brought import Brought
from storage.database import Transaction
from storage.files import members
from storage.offices import offices
from storage.once import insert_once
from storage.units import Unit

_One = TypeVar("_One")

# SQLite takes 32,766 values in a statement, PostgreSQL's driver 32,767.
_AT_ONCE = 1_000


async def bring(tx: Transaction, now: datetime, brought: Brought) -> None:
    """Write it all down. Raises AddressTaken where somebody verified one of its numbers meanwhile."""
    await insert_rows(tx, brought.people)
    await _end_numbers(tx, now, brought.ended_numbers)
    await _nobody_verified(tx, brought.blind_indexes)
    for rows in (brought.numbers, brought.files, brought.changes):
        await insert_rows(tx, rows)
    await _write(tx, brought.written)


async def grant_liaisons(
    tx: Transaction, now: datetime, entrusted: Sequence[tuple[str, Unit]], by: str | None
) -> None:
    """The office of liaison for each (person, unit) who does not hold it yet."""
    rows = [
        {
            "id": tx.new_id(now),
            "person_id": person_id,
            "role": "liaison",
            "unit_id": unit.id,
            "granted_at": now,
            "granted_by": by,
        }
        for person_id, unit in entrusted
    ]
    for chunk in _chunks(rows):
        await insert_once(tx, offices, *chunk)


async def _end_numbers(tx: Transaction, now: datetime, address_ids: Sequence[str]) -> None:
    for chunk in _chunks(address_ids):
        await tx.conn.execute(update(addresses).where(addresses.c.id.in_(chunk)).values(ended_at=now))


async def _nobody_verified(tx: Transaction, indexes: Sequence[bytes]) -> None:
    for chunk in _chunks(indexes):
        verified = addresses.c.verified_at.is_not(None) & addresses.c.ended_at.is_(None)
        taken = select(addresses.c.id).where(addresses.c.value_index.in_(chunk), verified).limit(1)
        if (await tx.conn.execute(taken)).first():
            raise AddressTaken


async def _write(tx: Transaction, written: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Into files that are there: those that get the same columns together."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for person_id, values in written:
        alike[tuple(values)].append({"the_person": person_id} | values)
    for columns, rows in alike.items():
        statement = update(members).where(members.c.person_id == bindparam("the_person"))
        await tx.conn.execute(statement.values({name: bindparam(name) for name in columns}), rows)
        if "zones" in columns:
            await _take_along(tx, [row["the_person"] for row in rows])


async def _take_along(tx: Transaction, person_ids: Sequence[str]) -> None:
    for chunk in _chunks(person_ids):
        await moved.take_along(tx, chunk)


def _chunks(many: Sequence[_One]) -> Iterator[Sequence[_One]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))
