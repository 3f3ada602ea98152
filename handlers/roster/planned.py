"""A plan of an import: what becomes of each row, and what is to be done for each person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from handlers.roster.branches import Branch
from handlers.roster.comparing import Difference, Writing
from handlers.roster.doubts import UnclearCell
from handlers.roster.persons import Somebody
from handlers.roster.reading import Heading, Refused
from storage.viewer import Viewer

Outcome = Literal["added", "changed", "unchanged", "merged"]
OUTCOMES: tuple[Outcome, ...] = ("added", "changed", "unchanged", "merged")


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row; `first_row` is where a merged one's person stands first."""

    sheet: str
    row: int
    name: str
    branch: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    first_row: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be done for one person: enrolled where there is no file, written down, entrusted."""

    person: Somebody
    enrols: bool = False
    writing: Writing = field(default_factory=Writing)
    liaison: Somebody | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`rows` are in the order of the file. `deeds` hold only what changes something."""

    viewer: Viewer
    root: Branch
    founds: tuple[Branch, ...]
    deeds: tuple[Deed, ...]
    headings: tuple[Heading, ...]
    rows: tuple[PlannedRow, ...]
    refused: tuple[Refused, ...]
    unclear: tuple[UnclearCell, ...]

    @property
    def new_liaisons(self) -> tuple[Somebody, ...]:
        """Those whom only the liaison column names: people of whom nothing was known before."""
        return tuple(d.person for d in self.deeds if not d.person.rows and d.person.person_id is None)

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)
