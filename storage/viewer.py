"""Who is looking, and what that lets them see: the one place where scope becomes a clause.

Every read of a person takes a Viewer. `tests/storage/test_every_query.py` fails for a query of
people that has none.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, false, or_, true


@dataclass(frozen=True, slots=True)
class Viewer:
    """`units` are the paths of the units at or below which everybody is seen.

    A member sees their own file, a liaison those entrusted to them, whoever holds an office sees
    what is below it.
    """

    person_id: str
    units: tuple[str, ...] = ()
    everything: bool = False

    def sees(self, members: Table) -> ColumnElement[bool]:
        if self.everything:
            return true()
        if not self.person_id:
            return false()
        own = or_(members.c.person_id == self.person_id, members.c.liaison_id == self.person_id)
        return or_(own, *(below(members, path) for path in self.units))

    def sees_unit(self, path: str) -> bool:
        return self.everything or any(path.startswith(above) for above in self.units)


def the_programme() -> Viewer:
    """For the clock and the roof alone, which act for everybody and show nobody to anyone."""
    return Viewer(person_id="", everything=True)


def below(members: Table, path: str) -> ColumnElement[bool]:
    """Whose unit is the one with this path or stands below it. LIKE would not do: SQLite's folds case."""
    # A path ends in "/", and "0" is the next letter after it: a range, which an index serves.
    return and_(members.c.unit_path >= path, members.c.unit_path < path.removesuffix("/") + "0")
