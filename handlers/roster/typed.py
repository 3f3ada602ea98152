"""What the clerk typed into a row, to the letter: whoever is told of a cell must be able to find it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.roster.cells import to_the_letter
from handlers.roster.placing import Columns, stands_in


@dataclass(frozen=True, slots=True)
class Typed:
    """One row's cells before anything was made of them: 同上 is still 同上 here."""

    cells: Sequence[Any] = ()
    columns: Columns = field(default_factory=dict)

    def of(self, field_name: str) -> str:
        """The text of the field's cell, of several cells one after another; empty where there is none."""
        written = (self._joined(self.columns.get(one, ())) for one in stands_in(field_name))
        return next(filter(None, written), "")

    def _joined(self, ats: Sequence[int]) -> str:
        return "".join(to_the_letter(self.cells[at]) for at in ats if at < len(self.cells))
