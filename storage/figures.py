"""The figures of a unit, counted by the database: no file is opened for them. (S32)"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, case, exists, func, literal, select

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
    home = unit.place_code if unit else ""
    where: Counter[str] = Counter()
    trades: Counter[Industry] = Counter()
    lengths: Counter[Length] = Counter()
    for whereabouts, industry, length, n in await _people(tx, scope, today):
        where[whereabouts] += n
        if whereabouts == "out":
            trades[industry] += n
            lengths[length] += n
    return Figures(
        managed=where.total(),
        out=where["out"],
        at_home=where["home"],
        places=await _places(tx, scope, home, unit),
        trades=dict(trades),
        lengths=dict(lengths),
        units_without_home=() if home else await _without_home(tx, scope),
    )


async def _people(
    tx: Transaction, scope: list[ColumnElement[bool]], today: date
) -> list[tuple[str, Industry, Length, int]]:
    """How many are where, at what work, for how long: one look at each, some hundred rows at most."""
    since = members.c.out_since
    length = case(
        (since.is_(None), "unknown"),
        *((since <= day, length) for length, day in edges(today).items()),
        else_="under_6_months",
    ).label("length")
    kinds = (members.c.whereabouts, members.c.industry, length)
    rows = await tx.conn.execute(select(*kinds, func.count().label("n")).where(*scope).group_by(*kinds))
    return [(row.whereabouts, cast(Industry, row.industry), cast(Length, row.length), row.n) for row in rows]


async def _places(
    tx: Transaction, scope: list[ColumnElement[bool]], home: str, unit: Unit | None
) -> dict[PlaceClass, int]:
    """A row for each pair of home and place: thousands at most, however many members there are."""
    homes = await _homes(tx, unit)
    # One home for all, as in most counties, needs no look at each one's branch.
    from_home = literal(homes[0]) if len(homes) == 1 else units.c.place_code
    query = select(from_home.label("home"), members.c.place_code.label("there"), func.count().label("n"))
    if len(homes) != 1:
        query = query.join(units, units.c.path == members.c.unit_path).group_by(units.c.place_code)
    found: Counter[PlaceClass] = Counter()
    for row in await tx.conn.execute(query.where(*scope, _OUT).group_by(members.c.place_code)):
        found[place_class(row.home or home, row.there)] += row.n
    return dict(found)


async def _homes(tx: Transaction, unit: Unit | None) -> list[str]:
    """The homes that units have, of all or of those at and below one; two are enough to know."""
    query = select(units.c.place_code).distinct().limit(2)
    if unit:
        query = query.where(units.c.path >= unit.path, units.c.path < unit.path.removesuffix("/") + "0")
    return [row.place_code for row in await tx.conn.execute(query)]


async def _without_home(tx: Transaction, scope: list[ColumnElement[bool]]) -> tuple[str, ...]:
    somebody_is_out = exists().where(members.c.unit_path == units.c.path, _OUT, *scope)
    query = select(units.c.name).where(units.c.place_code == "", somebody_is_out)
    rows = await tx.conn.execute(query.order_by(units.c.name).limit(_MOST_NAMED))
    return tuple(row.name for row in rows)
