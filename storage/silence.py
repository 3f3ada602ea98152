"""Who has gone silent: pages through an index, and counts that are kept. (S9)

Neither grows with the number of members: see docs/decisions/0008.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Function, Row, Select, Table, case, func, literal, select

from storage import silent_pages
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.sight import besides, tops
from storage.sought import Sought
from storage.tallies import place_tallies, tallies
from storage.viewer import Viewer

__all__ = ["Counts", "Sought", "counts", "how_many", "page_mark", "silent"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Members away, by how lately there was contact with them."""

    fresh: int = 0
    due: int = 0
    late: int = 0
    silent: int = 0

    @property
    def all(self) -> int:
        return self.fresh + self.due + self.late + self.silent


async def silent(
    tx: Transaction,
    viewer: Viewer,
    now: datetime,
    sought: Sought | None = None,
    after: str = "",
    limit: int = 50,
) -> list[Member]:
    """Those sought, longest first; `after` is the `page_mark` of the last one seen."""
    sought = sought or Sought()
    found = await silent_pages.page(tx, viewer, now, sought, after, limit)
    rows = await tx.conn.execute(files(viewer).where(members.c.person_id.in_(found)))
    read = {row.person_id: member_of(tx, row) for row in rows}
    return [read[person_id] for person_id in found if person_id in read]


def page_mark(member: Member, sought: Sought) -> str:
    """Where the next page of `silent` goes on: in the order of what was asked, days or deadline."""
    return silent_pages.mark(member, sought)


async def how_many(tx: Transaction, viewer: Viewer, now: datetime, sought: Sought | None = None) -> int:
    sought = sought or Sought()
    kept = place_tallies if sought.place_prefix else tallies
    query = select(func.coalesce(func.sum(kept.c.n), 0))
    units = [unit.id for unit in await tops(tx, viewer)]
    below = query.where(kept.c.unit_id.in_(units), *sought.clauses(kept, now))
    others = select(func.count()).select_from(members).where(*besides(viewer), *sought.clauses(members, now))
    total: int = (await tx.conn.execute(below)).scalar_one()
    return total if viewer.everything else total + (await tx.conn.execute(others)).scalar_one()


async def counts(tx: Transaction, viewer: Viewer, now: datetime) -> Counts:
    """How many of those away are fresh, due, late and silent."""
    units = [unit.id for unit in await tops(tx, viewer)]
    below = _passed(tallies, tallies.c.n, now).where(tallies.c.unit_id.in_(units))
    counted = [_counts((await tx.conn.execute(below)).one())]
    if not viewer.everything:
        others = _passed(members, literal(1), now).where(*besides(viewer))
        counted.append(_counts((await tx.conn.execute(others)).one()))
    fields = ("fresh", "due", "late", "silent")
    return Counts(**{field: sum(getattr(one, field) for one in counted) for field in fields})


def _passed(table: Table, n: ColumnElement[int], now: datetime) -> Select[int, int, int, int]:
    """How many there are, and how many have passed each of their deadlines."""

    def since(deadline: str) -> Function[int]:
        return func.coalesce(func.sum(case((table.c[deadline] <= now, n), else_=0)), 0)

    everybody: Function[int] = func.coalesce(func.sum(n), 0)
    return select(everybody, since("due_from"), since("late_after"), since("silent_after"))


def _counts(row: Row[int, int, int, int]) -> Counts:
    everybody, due, late, silent = row
    return Counts(fresh=everybody - due, due=due - late, late=late - silent, silent=silent)
