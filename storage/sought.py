"""Whom a question after the silent is about: the same to the kept counts and to the files. (S9)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Table

from storage.files import day_number


@dataclass(frozen=True, slots=True)
class Sought:
    """`not_heard_since` asks by days of silence in place of the deadline: not heard after that day.

    `overdue` asks for the late as well as the silent. `place_prefix` is the beginning of a place code.
    """

    not_heard_since: date | None = None
    place_prefix: str = ""
    overdue: bool = False

    @property
    def order(self) -> tuple[str, ...]:
        """The columns by which tallies and files are ordered alike; a file's unit and id come after."""
        days = ("heard_on", "silent_after") if self.not_heard_since else ("silent_after", "heard_on")
        return (*days, "place_code") if self.place_prefix else days

    def clauses(self, table: Table, now: datetime) -> list[ColumnElement[bool]]:
        """The same question to tallies and to files."""
        found: list[ColumnElement[bool]] = []
        if self.not_heard_since:
            found.append(table.c.heard_on <= day_number(self.not_heard_since))
        elif self.overdue:
            found.append(table.c.late_after <= now)
        else:
            found.append(table.c.silent_after <= now)
        if self.place_prefix:
            after = self.place_prefix[:-1] + chr(ord(self.place_prefix[-1]) + 1)
            found += [table.c.place_code >= self.place_prefix, table.c.place_code < after]
        return found
