"""Offices: a role in a unit. What somebody may see follows from the offices they hold now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Select, Table, Text, func, select, text, update

from content.rules.roles import Role
from storage.columns import Moment, key, metadata
from storage.database import Transaction
from storage.files import members
from storage.once import insert_once
from storage.units import Unit, units
from storage.viewer import Viewer, below

offices = Table(
    "offices",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=False, index=True),
    Column("granted_at", Moment, nullable=False),
    Column("granted_by", Text, ForeignKey("people.id")),
    Column("ended_at", Moment),
    Index(
        "uq_offices_held",
        "person_id",
        "role",
        "unit_id",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

# Named, not "all but the liaison": a role added later sees nobody until somebody says so here.
_LOOKS_AFTER_UNITS: tuple[Role, ...] = ("secretary", "committee", "admin")


@dataclass(frozen=True, slots=True)
class Office:
    role: Role
    unit: str
    unit_path: str


async def grant(
    tx: Transaction, now: datetime, person_id: str, role: Role, unit: Unit, by: str | None = None
) -> bool:
    """Give an office; False where it is held already."""
    office = {
        "id": tx.new_id(now),
        "person_id": person_id,
        "role": role,
        "unit_id": unit.id,
        "granted_at": now,
        "granted_by": by,
    }
    return bool(await insert_once(tx, offices, office))


async def revoke(tx: Transaction, now: datetime, person_id: str, role: Role, unit: Unit) -> int | None:
    """End an office; None where it was not held, else how many members are left without a liaison.

    Whoever no longer holds the office is entrusted with nobody there: they neither see nor hear more.
    """
    ended = await tx.conn.execute(
        update(offices)
        .where(
            offices.c.person_id == person_id,
            offices.c.role == role,
            offices.c.unit_id == unit.id,
            offices.c.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    if not ended.rowcount:
        return None
    return await _release(tx, person_id, unit) if role == "liaison" else 0


async def offices_of(tx: Transaction, person_id: str) -> list[Office]:
    rows = tx.desk.seen("offices", person_id)
    if rows is None:
        rows = list(await tx.conn.execute(held_by([person_id])))
    return [Office(role=row.role, unit=row.name, unit_path=row.path) for row in rows]


def held_by(person_ids: Sequence[str]) -> Select[tuple[object, ...]]:
    return (
        select(offices.c.person_id, offices.c.role, units.c.name, units.c.path)
        .join(units, units.c.id == offices.c.unit_id)
        .where(offices.c.person_id.in_(person_ids), offices.c.ended_at.is_(None))
        .order_by(units.c.path)
    )


async def viewer_of(tx: Transaction, person_id: str) -> Viewer:
    """What a person may see: their own file, those entrusted to them, all below their offices."""
    return viewer_with(person_id, await offices_of(tx, person_id))


def viewer_with(person_id: str, held: Iterable[Office]) -> Viewer:
    """The viewer of somebody whose offices were just read."""
    units_below = tuple(office.unit_path for office in held if office.role in _LOOKS_AFTER_UNITS)
    return Viewer(person_id=person_id, units=units_below)


async def everyone_in_office(tx: Transaction) -> dict[str, Role]:
    """One office of each who holds any, by the person's id."""
    rows = await tx.conn.execute(
        select(offices.c.person_id, offices.c.role)
        .where(offices.c.ended_at.is_(None))
        .order_by(offices.c.granted_at)
    )
    return {row.person_id: row.role for row in rows}


async def gave_up(tx: Transaction, person_id: str, role: Role, unit: Unit) -> bool:
    """Whether they held the office in the unit, and hold it no more."""
    here = (offices.c.person_id == person_id) & (offices.c.role == role) & (offices.c.unit_id == unit.id)
    ends = (await tx.conn.execute(select(offices.c.ended_at).where(here))).scalars().all()
    return bool(ends) and None not in ends


async def holders(tx: Transaction, unit_path: str, roles: Iterable[Role]) -> list[str]:
    """Ids of those who hold one of the roles in the unit itself or, where none does, nearest above it."""
    rows = await tx.conn.execute(
        select(offices.c.person_id, units.c.path)
        .join(units, units.c.id == offices.c.unit_id)
        .where(offices.c.role.in_(list(roles)), offices.c.ended_at.is_(None))
    )
    above = [row for row in rows if unit_path.startswith(row.path)]
    nearest = max((len(row.path) for row in above), default=0)
    return sorted({row.person_id for row in above if len(row.path) == nearest})


async def others_above(
    tx: Transaction, unit_path: str, roles: Iterable[Role], but_not: str
) -> dict[str, list[str]]:
    """Who else holds one of the roles in the unit or above it: ids by their unit's path, nearest first."""
    rows = await tx.conn.execute(
        select(offices.c.person_id, units.c.path)
        .join(units, units.c.id == offices.c.unit_id)
        .where(offices.c.role.in_(list(roles)), offices.c.ended_at.is_(None), offices.c.person_id != but_not)
        .order_by(func.length(units.c.path).desc(), offices.c.person_id)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        if unit_path.startswith(row.path) and row.person_id not in found.get(row.path, []):
            found.setdefault(row.path, []).append(row.person_id)
    return found


async def _release(tx: Transaction, liaison_id: str, unit: Unit) -> int:
    entrusted = (members.c.liaison_id == liaison_id) & below(members, unit.path)
    released = await tx.conn.execute(update(members).where(entrusted).values(liaison_id=None))
    return released.rowcount
