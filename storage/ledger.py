"""The ledger of a unit: every file in sight with the number and the liaison that belong to it. (S1, S31)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from storage import members as files_read
from storage.addresses import addresses
from storage.database import Transaction
from storage.files import Member, members
from storage.people import people
from storage.viewer import Viewer, below

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Numbers are E.164; whatever is not known is empty."""

    member: Member
    number: str
    liaison: str
    liaison_number: str


async def size(tx: Transaction, viewer: Viewer, unit_path: str = "") -> int:
    """How many files a ledger would have."""
    query = select(func.count()).select_from(members).where(viewer.sees(members))
    if unit_path:
        query = query.where(below(members, unit_path))
    return (await tx.conn.execute(query)).scalar_one()


async def entries(tx: Transaction, viewer: Viewer, unit_path: str = "") -> list[Entry]:
    """All in sight at or below a unit, unit by unit; a few queries however many they are."""
    found = await files_read.everyone(tx, viewer, unit_path)
    carers = sorted({member.liaison_id for member in found if member.liaison_id})
    numbers = await _numbers(tx, [member.id for member in found] + carers)
    names = await _names(tx, carers)
    return [
        Entry(
            member=member,
            number=numbers.get(member.id, ""),
            liaison=names.get(member.liaison_id or "", ""),
            liaison_number=numbers.get(member.liaison_id or "", ""),
        )
        for member in found
    ]


async def _numbers(tx: Transaction, person_ids: Sequence[str]) -> dict[str, str]:
    """The number of each as `post.number_of` would tell it."""
    numbers: dict[str, str] = {}
    for whose in _some_at_once(addresses.c.person_id, person_ids):
        rows = await tx.conn.execute(
            select(addresses.c.id, addresses.c.person_id, addresses.c.value)
            .where(whose, addresses.c.channel == "sms", addresses.c.ended_at.is_(None))
            .order_by(addresses.c.verified_at.is_(None), addresses.c.id.desc())
        )
        for row in rows:
            if row.person_id not in numbers:
                numbers[row.person_id] = tx.read(row.value, row.id, "addresses.value")
    return numbers


async def _names(tx: Transaction, person_ids: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for whose in _some_at_once(people.c.id, person_ids):
        rows = await tx.conn.execute(select(people.c.id, people.c.name).where(whose))
        names |= {row.id: tx.read(row.name, row.id, "people.name") for row in rows}
    return names


def _some_at_once(column: ColumnElement[str], ids: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """SQLite takes 32,766 values in a statement."""
    for at in range(0, len(ids), _AT_ONCE):
        yield column.in_(ids[at : at + _AT_ONCE])
