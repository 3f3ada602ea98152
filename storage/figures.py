"""The figures of a unit, counted by the database: no file is opened for them. (S32)"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, case, func, select

from content.rules.figures import Figures, Length, PlaceClass, edges, place_class
from content.rules.industries import Industry
from storage.database import Transaction
from storage.files import members
from storage.units import Unit, units
from storage.viewer import Viewer, below

_OUT = members.c.whereabouts == "out"
_MOST_NAMED = 5


async def counted(tx: Transaction, viewer: Viewer, today: date, unit: Unit | None = None) -> Figures:
    """Of all whom the viewer sees, or of those of them at or below `unit`.

    Each one's place is measured from the home of their own branch, or from that of `unit` where the
    branch says none.
    """
    scope = [viewer.sees(members), *([below(members, unit.path)] if unit else [])]
    rows = await tx.conn.execute(
        select(members.c.whereabouts, func.count()).where(*scope).group_by(members.c.whereabouts)
    )
    where = {row[0]: row[1] for row in rows}
    home = unit.place_code if unit else ""
    return Figures(
        managed=sum(where.values()),
        out=where.get("out", 0),
        at_home=where.get("home", 0),
        places=await _places(tx, scope, home),
        trades=await _trades(tx, scope),
        lengths=await _lengths(tx, scope, today),
        units_without_home=() if home else await _without_home(tx, scope),
    )


async def _places(tx: Transaction, scope: list[ColumnElement[bool]], home: str) -> dict[PlaceClass, int]:
    """A row for each pair of home and place: thousands at most, however many members there are."""
    rows = await tx.conn.execute(
        select(units.c.place_code, members.c.place_code.label("there"), func.count().label("n"))
        .join(units, units.c.id == members.c.unit_id)
        .where(*scope, _OUT)
        .group_by(units.c.place_code, members.c.place_code)
    )
    found: Counter[PlaceClass] = Counter()
    for row in rows:
        found[place_class(row.place_code or home, row.there)] += row.n
    return dict(found)


async def _trades(tx: Transaction, scope: list[ColumnElement[bool]]) -> dict[Industry, int]:
    rows = await tx.conn.execute(
        select(members.c.industry, func.count()).where(*scope, _OUT).group_by(members.c.industry)
    )
    return {cast(Industry, row[0]): row[1] for row in rows}


async def _lengths(tx: Transaction, scope: list[ColumnElement[bool]], today: date) -> dict[Length, int]:
    since = members.c.out_since
    length = case(
        (since.is_(None), "unknown"),
        *((since <= day, length) for length, day in edges(today).items()),
        else_="under_6_months",
    ).label("length")
    rows = await tx.conn.execute(select(length, func.count()).where(*scope, _OUT).group_by(length))
    return {cast(Length, row[0]): row[1] for row in rows}


async def _without_home(tx: Transaction, scope: list[ColumnElement[bool]]) -> tuple[str, ...]:
    rows = await tx.conn.execute(
        select(units.c.name)
        .join(members, members.c.unit_id == units.c.id)
        .where(*scope, _OUT, units.c.place_code == "")
        .distinct()
        .order_by(units.c.name)
        .limit(_MOST_NAMED)
    )
    return tuple(row.name for row in rows)
