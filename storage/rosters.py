"""What a whole roster brings, many rows in a statement: the writer is held for seconds, not minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, insert, select, update

from content.rules.silence import deadlines
from storage.addresses import AddressTaken, addresses
from storage.changes import Change, changes
from storage.database import Transaction
from storage.files import line_of_work, members
from storage.offices import offices
from storage.once import insert_once
from storage.people import people
from storage.units import Unit

_One = TypeVar("_One")

# SQLite takes 32,766 values in a statement, PostgreSQL's driver 32,767.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Written:
    """What is written into one file: `texts` are sealed, `facts` are plain columns, both by their names."""

    person_id: str
    texts: Mapping[str, str]
    facts: Mapping[str, str | date]


async def add_people(tx: Transaction, now: datetime, names: Sequence[str]) -> list[str]:
    """New people; their ids in the order of the names."""
    ids = [tx.new_id(now) for _ in names]
    rows = [
        {"id": made, "name": tx.seal(name, made, "people.name"), "language": "zh", "made_at": now}
        for made, name in zip(ids, names, strict=True)
    ]
    await _insert(tx, people, rows)
    return ids


async def enrol(tx: Transaction, now: datetime, files: Sequence[tuple[Unit, Written]]) -> None:
    """Open files with what is known from the start. The first period of each begins now."""
    await _insert(tx, members, [_file(tx, now, unit, written) for unit, written in files])


async def write(tx: Transaction, files: Sequence[Written]) -> None:
    """Write into files that are there: those that get the same columns together."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for written in files:
        values = _sealed(tx, written) | dict(written.facts)
        if values:
            alike[tuple(values)].append({"the_person": written.person_id} | values)
    for columns, rows in alike.items():
        statement = update(members).where(members.c.person_id == bindparam("the_person"))
        await tx.conn.execute(statement.values({name: bindparam(name) for name in columns}), rows)


async def end_numbers(tx: Transaction, now: datetime, address_ids: Sequence[str]) -> None:
    for chunk in _chunks(address_ids):
        await tx.conn.execute(update(addresses).where(addresses.c.id.in_(chunk)).values(ended_at=now))


async def add_numbers(tx: Transaction, now: datetime, numbers: Sequence[tuple[str, str]]) -> None:
    """Note (person, number), unverified. Raises AddressTaken where somebody verified one of them."""
    rows = [_number(tx, now, person_id, number) for person_id, number in numbers]
    for chunk in _chunks([row["value_index"] for row in rows]):
        verified = addresses.c.verified_at.is_not(None) & addresses.c.ended_at.is_(None)
        taken = select(addresses.c.id).where(addresses.c.value_index.in_(chunk), verified).limit(1)
        if (await tx.conn.execute(taken)).first():
            raise AddressTaken
    await _insert(tx, addresses, rows)


async def record_changes(tx: Transaction, told: Sequence[tuple[str, Change]]) -> None:
    """(person, change): the old values stay readable."""
    await _insert(tx, changes, [_change(tx, person_id, change) for person_id, change in told])


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


async def _insert(tx: Transaction, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await tx.conn.execute(insert(table), list(rows))


def _file(tx: Transaction, now: datetime, unit: Unit, written: Written) -> dict[str, Any]:
    dates = deadlines(now, unit.rhythm)
    # Every row names every column: one statement takes them all.
    empty = dict.fromkeys(column.name for column in members.columns if column.nullable)
    return {
        **empty,
        "industry": "unknown",
        "person_id": written.person_id,
        "unit_id": unit.id,
        "unit_path": unit.path,
        "whereabouts": "out",
        "place_code": "",
        "enrolled_at": now,
        "last_contact_at": now,
        "last_contact_kind": "enrolled",
        "due_from": dates.due_from,
        "late_after": dates.late_after,
        "silent_after": dates.silent_after,
        **_sealed(tx, written),
        **written.facts,
    }


def _sealed(tx: Transaction, written: Written) -> dict[str, Any]:
    sealed: dict[str, Any] = {
        field: tx.seal(said, written.person_id, f"members.{field}") if said else None
        for field, said in written.texts.items()
    }
    if any(written.texts.get(field) for field in ("employer", "job")):
        sealed |= line_of_work(written.texts)
    return sealed


def _number(tx: Transaction, now: datetime, person_id: str, number: str) -> dict[str, Any]:
    made = tx.new_id(now)
    return {
        "id": made,
        "person_id": person_id,
        "channel": "sms",
        "value": tx.seal(number, made, "addresses.value"),
        "value_index": tx.vault.blind("sms", number),
        "made_at": now,
    }


def _change(tx: Transaction, person_id: str, change: Change) -> dict[str, Any]:
    made = tx.new_id(change.at)
    return {
        "id": made,
        "member_id": person_id,
        "field": change.field,
        "old": tx.seal(change.old, made, "changes.old"),
        "new": tx.seal(change.new, made, "changes.new"),
        "old_place": change.old_place,
        "new_place": change.new_place,
        "at": change.at,
        "channel": change.channel,
        "by_id": change.by_id,
    }


def _chunks(many: Sequence[_One]) -> Iterator[Sequence[_One]]:
    return (many[at : at + _AT_ONCE] for at in range(0, len(many), _AT_ONCE))
