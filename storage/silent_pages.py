"""A page of the silent, read through an index whatever the unit.

An index cannot both keep to a range of units and be in the order of deadlines. But the deadlines lie at
the end of days, and the tallies know on which days somebody of the unit has one: so a page is read day by
day, each with one dive into the index, and no more of it than the page holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    func,
    literal,
    select,
    tuple_,
    union_all,
)

from storage.database import Transaction
from storage.files import Member, members
from storage.sight import Top, away, besides, tops
from storage.sought import Sought
from storage.tallies import place_tallies, tallies
from storage.viewer import Viewer

# A row's place in the order: its columns, its unit and its id.
Mark = tuple[str | int | datetime, ...]

# SQLite takes 500 SELECTs in a statement.
_DIVES_AT_ONCE = 100


def mark(member: Member, sought: Sought) -> str:
    """Where a page ended, for a button: `page` goes on after it."""
    known = {
        "silent_after": member.deadlines.silent_after.isoformat(),
        "heard_on": str(member.heard_on),
        "place_code": member.place_code,
    }
    return " ".join([*(known[column] for column in sought.order), member.unit_path, member.id])


async def page(
    tx: Transaction, viewer: Viewer, now: datetime, sought: Sought, marked: str, limit: int
) -> list[str]:
    """The ids of those sought, longest first, after the `mark` of the last one seen."""
    after = _read(marked, sought) if marked else None
    found: list[Row[Any]] = []
    for top in await tops(tx, viewer):
        found += await _below(tx, top, now, sought, after, limit)
    if not viewer.everything:
        found += await tx.conn.execute(_one_by_one(viewer, now, sought, after).limit(limit))
    found.sort(key=tuple)
    return [row.person_id for row in found[:limit]]


async def _below(
    tx: Transaction, top: Top, now: datetime, sought: Sought, after: Mark | None, limit: int
) -> list[Row[Any]]:
    days = await _days(tx, top, now, sought, after, limit)
    dives = [_dive(top, now, sought, day, after, limit) for day in days]
    found: list[Row[Any]] = []
    while dives and len(found) < limit:
        some, dives = dives[:_DIVES_AT_ONCE], dives[_DIVES_AT_ONCE:]
        found += await tx.conn.execute(union_all(*(select(dive.subquery()) for dive in some)))
    return found


async def _days(
    tx: Transaction, top: Top, now: datetime, sought: Sought, after: Mark | None, limit: int
) -> Sequence[Mark]:
    """The first days on which the unit has enough of those sought, from where the page before ended."""
    kept = place_tallies if sought.place_prefix else tallies
    order = [kept.c[column] for column in sought.order]
    query = select(*order, func.sum(kept.c.n).label("n")).where(kept.c.unit_id == top.id)
    query = query.where(*sought.clauses(kept, now)).group_by(*order).having(func.sum(kept.c.n) > 0)
    if after:
        query = query.where(_from(order, after[: len(order)]))
    enough: list[Mark] = []
    total = 0
    for row in await tx.conn.execute(query.order_by(*order).limit(limit + 1)):
        if total < limit:
            enough.append(tuple(row)[:-1])
        # Of the day on which the page before ended some were shown.
        total += 0 if after and tuple(row)[:-1] == after[: len(order)] else row.n
    return enough


def _dive(top: Top, now: datetime, sought: Sought, day: Mark, after: Mark | None, limit: int) -> Select[Any]:
    order = [members.c[column] for column in sought.order]
    query = _listed(sought).where(away, top.holds())
    if sought.overdue:
        # Two rhythms can meet on one day of silence with different days of being late.
        query = query.where(members.c.late_after <= now)
    query = query.where(*(column == value for column, value in zip(order, day, strict=True)))
    rest = [members.c.unit_path, members.c.person_id]
    if after and day == after[: len(order)]:
        query = query.where(_beyond(rest, after[len(order) :]))
    return query.order_by(*rest).limit(limit)


def _one_by_one(viewer: Viewer, now: datetime, sought: Sought, after: Mark | None) -> Select[Any]:
    query = _listed(sought).where(*besides(viewer), *sought.clauses(members, now))
    order = _order(sought)
    return (query.where(_beyond(order, after)) if after else query).order_by(*order)


def _listed(sought: Sought) -> Select[Any]:
    return select(*_order(sought))


def _order(sought: Sought) -> list[ColumnElement[Any]]:
    return [members.c[column] for column in (*sought.order, "unit_path", "person_id")]


def _beyond(columns: Sequence[ColumnElement[Any]], values: Mark) -> ColumnElement[bool]:
    return tuple_(*columns) > _values(columns, values)


def _from(columns: Sequence[ColumnElement[Any]], values: Mark) -> ColumnElement[bool]:
    return tuple_(*columns) >= _values(columns, values)


def _values(columns: Sequence[ColumnElement[Any]], values: Mark) -> ColumnElement[Any]:
    return tuple_(*(literal(value, column.type) for column, value in zip(columns, values, strict=True)))


def _read(marked: str, sought: Sought) -> Mark:
    *written, unit_path, person_id = marked.split(" ")
    read: dict[str, Callable[[str], str | int | datetime]] = {
        "silent_after": datetime.fromisoformat,
        "heard_on": int,
        "place_code": str,
    }
    days = [read[column](value) for column, value in zip(sought.order, written, strict=True)]
    return (*days, unit_path, person_id)
