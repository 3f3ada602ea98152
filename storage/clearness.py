"""What is not known of whom, of the six things that a branch is to know. (S2)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select

from content.rules.six_clear import POINTS, Point, unclear
from storage.addresses import addresses
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.viewer import Viewer, below

_THEIRS = (addresses.c.person_id == members.c.person_id, addresses.c.ended_at.is_(None))
# A number or chat that is written down and, as far as anybody knows, not dead; one that rests is tried again.
_MAY_WORK = or_(addresses.c.suspended_at.is_(None), addresses.c.suspended_until.is_not(None))
# A number that seems wrong is not clear, even where a chat works: whoever calls it reaches a stranger.
_HAS_A_DOOR = and_(
    exists().where(*_THEIRS, _MAY_WORK), ~exists().where(*_THEIRS, addresses.c.suspect_at.is_not(None))
)
# The same six questions as in `content/rules/six_clear.py`, put to the database.
_MISSING: Mapping[Point, ColumnElement[bool]] = {
    "reason": members.c.reason.is_(None),
    "date": members.c.out_since.is_(None),
    "industry": and_(members.c.employer.is_(None), members.c.job.is_(None)),
    "address": members.c.address.is_(None),
    "contact": not_(_HAS_A_DOOR),
    "dues": members.c.dues_until.is_(None),
}


@dataclass(frozen=True, slots=True)
class Unclear:
    """`points` are what is missing, first things first."""

    member: Member
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Gaps:
    """Of `out` members away `unclear` lack something; `points` says how many lack each thing."""

    out: int
    unclear: int
    points: Mapping[Point, int]


async def gaps(tx: Transaction, viewer: Viewer, unit_path: str = "") -> Gaps:
    counted = [func.count().filter(_MISSING[point]).label(point) for point in POINTS]
    query = select(func.count().label("all_out"), func.count().filter(_any()).label("lacking"), *counted)
    row = (await tx.conn.execute(query.select_from(members).where(*_scope(viewer, unit_path)))).one()
    return Gaps(row.all_out, row.lacking, {point: getattr(row, point) for point in POINTS})


async def lacking(
    tx: Transaction, viewer: Viewer, point: Point | None = None, after: str = "", limit: int = 50
) -> list[Unclear]:
    """Who lacks `point`, or anything at all, in the order of enrolment; `after` is the last id seen."""
    query = files(viewer).add_columns(_HAS_A_DOOR.label("has_a_door"))
    query = query.where(members.c.whereabouts == "out", _MISSING[point] if point else _any())
    if after:
        query = query.where(members.c.person_id > after)
    rows = await tx.conn.execute(query.order_by(members.c.person_id).limit(limit))
    return [_unclear(member_of(tx, row), bool(row.has_a_door)) for row in rows]


async def of_member(tx: Transaction, viewer: Viewer, person_id: str) -> Unclear | None:
    """One file, with what is missing in it."""
    query = files(viewer).add_columns(_HAS_A_DOOR.label("has_a_door"))
    row = (await tx.conn.execute(query.where(members.c.person_id == person_id))).first()
    return _unclear(member_of(tx, row), bool(row.has_a_door)) if row else None


def _unclear(member: Member, has_a_door: bool) -> Unclear:
    return Unclear(member, unclear(member, has_a_door))


def _any() -> ColumnElement[bool]:
    return or_(*_MISSING.values())


def _scope(viewer: Viewer, unit_path: str) -> list[ColumnElement[bool]]:
    clauses = [viewer.sees(members), members.c.whereabouts == "out"]
    return [*clauses, below(members, unit_path)] if unit_path else clauses
