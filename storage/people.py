"""People and the offices they hold. An office is a role in a unit; membership is a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table, Text, UniqueConstraint, insert, select, update

from content.rules.roles import Role
from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.once import insert_once
from storage.units import Unit, units
from storage.viewer import Viewer

people = Table(
    "people",
    metadata,
    key(),
    Column("name", SealedBytes, nullable=False),
    Column("language", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("joined_at", Moment),
    Column("lessons_stopped_at", Moment),
)

offices = Table(
    "offices",
    metadata,
    key(),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=False, index=True),
    Column("granted_at", Moment, nullable=False),
    Column("granted_by", Text, ForeignKey("people.id")),
    UniqueConstraint("person_id", "role", "unit_id"),
)


# Named, not "all but the liaison": a role added later sees nobody until somebody says so here.
_LOOKS_AFTER_UNITS: tuple[Role, ...] = ("secretary", "committee", "admin")


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    language: str
    joined_at: datetime | None
    lessons_stopped: bool


@dataclass(frozen=True, slots=True)
class Office:
    role: Role
    unit: str
    unit_path: str


async def add(tx: Transaction, now: datetime, name: str, language: str = "zh") -> str:
    """A new person; who they are in the branch is said by `members.enrol` and `grant`."""
    made = tx.new_id(now)
    sealed = tx.seal(name, made, "people.name")
    await tx.conn.execute(insert(people).values(id=made, name=sealed, language=language, made_at=now))
    return made


async def the_one_who_acts(tx: Transaction, person_id: str) -> Person:
    """The person at the other end of an address that was just used, about themselves."""
    row = (await tx.conn.execute(select(people).where(people.c.id == person_id))).one()
    return Person(
        id=row.id,
        name=tx.open(row.name, row.id, "people.name"),
        language=row.language,
        joined_at=row.joined_at,
        lessons_stopped=row.lessons_stopped_at is not None,
    )


async def offices_of(tx: Transaction, person_id: str) -> list[Office]:
    rows = await tx.conn.execute(
        select(offices.c.role, units.c.name, units.c.path)
        .join(units, units.c.id == offices.c.unit_id)
        .where(offices.c.person_id == person_id)
        .order_by(units.c.path)
    )
    return [Office(role=row.role, unit=row.name, unit_path=row.path) for row in rows]


async def viewer_of(tx: Transaction, person_id: str) -> Viewer:
    """What a person may see: their own file, those entrusted to them, all below their offices."""
    return viewer_with(person_id, await offices_of(tx, person_id))


def viewer_with(person_id: str, held: Iterable[Office]) -> Viewer:
    """The viewer of somebody whose offices were just read."""
    held = list(held)
    return Viewer(
        person_id=person_id,
        units=tuple(office.unit_path for office in held if office.role in _LOOKS_AFTER_UNITS),
        everything=any(office.role == "admin" for office in held),
    )


async def grant(
    tx: Transaction, now: datetime, person_id: str, role: Role, unit: Unit, by: str | None = None
) -> bool:
    """Give an office; False where it was held already."""
    office = {
        "id": tx.new_id(now),
        "person_id": person_id,
        "role": role,
        "unit_id": unit.id,
        "granted_at": now,
        "granted_by": by,
    }
    return bool(await insert_once(tx, offices, office))


async def holders(tx: Transaction, unit_path: str, roles: Iterable[Role]) -> list[str]:
    """Ids of those who hold one of the roles in the unit itself or, where none does, nearest above it."""
    rows = await tx.conn.execute(
        select(offices.c.person_id, units.c.path)
        .join(units, units.c.id == offices.c.unit_id)
        .where(offices.c.role.in_(list(roles)))
    )
    above = [row for row in rows if unit_path.startswith(row.path)]
    nearest = max((len(row.path) for row in above), default=0)
    return sorted({row.person_id for row in above if len(row.path) == nearest})


async def has_joined(tx: Transaction, person_id: str, now: datetime) -> None:
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(joined_at=now))


async def has_left(tx: Transaction, person_id: str) -> None:
    """Back on the roster only: nothing is sent until they join again."""
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(joined_at=None))


async def choose_language(tx: Transaction, person_id: str, language: str) -> None:
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(language=language))


async def stop_lessons(tx: Transaction, person_id: str, now: datetime | None) -> None:
    """Lessons and reminders stop from `now`; None starts them again. Help is never stopped."""
    await tx.conn.execute(update(people).where(people.c.id == person_id).values(lessons_stopped_at=now))
