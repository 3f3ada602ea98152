"""What a viewer sees, in the two parts that can be counted apart: whole units, and people one by one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, literal_column, not_, or_, select, true

from storage.database import Transaction
from storage.files import OUT, members
from storage.tallies import EVERYTHING
from storage.units import units
from storage.viewer import Viewer, below

away: ColumnElement[bool] = literal_column(OUT)


@dataclass(frozen=True, slots=True)
class Top:
    """A unit of which the viewer sees everybody at and below it; for all units together both are ""."""

    id: str
    path: str

    def holds(self) -> ColumnElement[bool]:
        return below(members, self.path) if self.path else true()


async def tops(tx: Transaction, viewer: Viewer) -> list[Top]:
    """No two of them share a member: an office below another one of the same person adds nobody."""
    if viewer.everything:
        return [Top(EVERYTHING, "")]
    highest = _highest(viewer) if viewer.person_id else []
    if not highest:
        return []
    rows = await tx.conn.execute(select(units.c.id, units.c.path).where(units.c.path.in_(highest)))
    return [Top(row.id, row.path) for row in rows]


def besides(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Those away whom the viewer sees outside of `tops`: entrusted to them, or they themselves."""
    if not viewer.person_id:
        return (false(),)
    own = or_(members.c.person_id == viewer.person_id, members.c.liaison_id == viewer.person_id)
    return (away, own, *(not_(below(members, path)) for path in _highest(viewer)))


def _highest(viewer: Viewer) -> list[str]:
    held = viewer.units
    return [path for path in held if not any(path != above and path.startswith(above) for above in held)]
