"""Units: committees, branches and groups, as a tree. A unit's path ends in its own id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    or_,
    select,
    text,
    update,
)

from content.rules.silence import GRACE_DAYS, PERIOD_DAYS, Rhythm
from storage.columns import PATH, Moment, key, metadata
from storage.database import Transaction
from storage.once import insert_once

Kind = Literal["committee", "branch", "group"]

units = Table(
    "units",
    metadata,
    key(),
    Column("parent_id", Text, ForeignKey("units.id")),
    Column("path", PATH, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("place_code", Text, nullable=False, default=""),
    Column("timezone", Text, nullable=False),
    Column("period_days", Integer, nullable=False),
    Column("grace_days", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    # Two branches of one name under one committee would share its members between them unseen. To a
    # database no two NULLs are alike, so those at the top need an index of their own.
    UniqueConstraint("parent_id", "name"),
    Index(
        "uq_units_top_name",
        "name",
        unique=True,
        sqlite_where=text("parent_id IS NULL"),
        postgresql_where=text("parent_id IS NULL"),
    ),
)


class UnitTaken(Exception):
    """A unit of this name stands under the same parent already."""


@dataclass(frozen=True, slots=True)
class Unit:
    """`place_code` is where home is: it tells out of province from another county."""

    id: str
    parent_id: str | None
    path: str
    kind: Kind
    name: str
    place_code: str
    rhythm: Rhythm


async def found(
    tx: Transaction,
    now: datetime,
    name: str,
    kind: Kind = "branch",
    parent: Unit | None = None,
    place_code: str = "",
    rhythm: Rhythm | None = None,
) -> Unit:
    """A new unit below `parent`, with its parent's place and rhythm where none is given.

    Raises UnitTaken.
    """
    unit = drawn_up(tx, now, name, kind, parent, place_code, rhythm)
    await keep(tx, now, unit)
    return unit


def drawn_up(
    tx: Transaction,
    now: datetime,
    name: str,
    kind: Kind = "branch",
    parent: Unit | None = None,
    place_code: str = "",
    rhythm: Rhythm | None = None,
) -> Unit:
    """The same, not kept yet."""
    made = tx.new_id(now)
    rhythm = rhythm or (parent.rhythm if parent else Rhythm(PERIOD_DAYS, GRACE_DAYS))
    return Unit(
        id=made,
        parent_id=parent.id if parent else None,
        path=f"{parent.path if parent else ''}{made}/",
        kind=kind,
        name=name,
        place_code=place_code or (parent.place_code if parent else ""),
        rhythm=rhythm,
    )


async def keep(tx: Transaction, now: datetime, unit: Unit) -> None:
    """Raises UnitTaken."""
    if not await insert_once(tx, units, _row(unit, now)):
        raise UnitTaken


async def by_id(tx: Transaction, unit_id: str) -> Unit:
    return _unit((await tx.conn.execute(select(units).where(units.c.id == unit_id))).one())


async def named(tx: Transaction, name: str) -> list[Unit]:
    """The units that bear the name: several where two townships have a branch of the same name."""
    rows = await tx.conn.execute(select(units).where(units.c.name == name).order_by(units.c.path))
    return [_unit(row) for row in rows]


async def holding(tx: Transaction, part: str) -> list[Unit]:
    """The units whose name has these words in it."""
    found = units.c.name.contains(part, autoescape=True)
    return [_unit(row) for row in await tx.conn.execute(select(units).where(found).order_by(units.c.path))]


async def settle(tx: Transaction, unit: Unit, place_code: str) -> int:
    """Say where home is, for a unit and those below it that say nothing else; how many those are."""
    of_the_old_place = or_(units.c.place_code == "", units.c.place_code == unit.place_code)
    below = (units.c.path >= unit.path) & (units.c.path < unit.path.removesuffix("/") + "0")
    settled = update(units).where(below, of_the_old_place).values(place_code=place_code)
    return (await tx.conn.execute(settled)).rowcount


async def everyone(tx: Transaction) -> list[Unit]:
    """All units, each after the one above it."""
    return [_unit(row) for row in await tx.conn.execute(select(units).order_by(units.c.path))]


def _row(unit: Unit, now: datetime) -> dict[str, object]:
    return {
        "id": unit.id,
        "parent_id": unit.parent_id,
        "path": unit.path,
        "kind": unit.kind,
        "name": unit.name,
        "place_code": unit.place_code,
        "timezone": unit.rhythm.timezone,
        "period_days": unit.rhythm.period,
        "grace_days": unit.rhythm.grace,
        "made_at": now,
    }


def _unit(row: Row[tuple[object, ...]]) -> Unit:
    return Unit(
        id=row.id,
        parent_id=row.parent_id,
        path=row.path,
        kind=row.kind,
        name=row.name,
        place_code=row.place_code,
        rhythm=Rhythm(row.period_days, row.grace_days, row.timezone),
    )
