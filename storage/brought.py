"""All that a roster brings, sealed and made ready before the writer is taken to write it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from content.rules.silence import deadlines
from storage.addresses import addresses
from storage.bound_rows import Rows
from storage.changes import Change, changes
from storage.database import Transaction
from storage.files import clocks, line_of_work, members
from storage.people import people
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Written:
    """What is written into one file: `texts` are sealed, `facts` are plain columns, both by their names."""

    person_id: str
    texts: Mapping[str, str]
    facts: Mapping[str, str | date]


class Brought:
    """Gathers rows, table by table. `tx` may be a reader's: it lends its keys, and nothing is written yet."""

    def __init__(self, tx: Transaction, now: datetime) -> None:
        self._tx = tx
        self._now = now
        self.sealed_with = tx.vault.current
        self.people, self.files, self.numbers, self.changes = (
            Rows(table, tx.conn.dialect) for table in (people, members, addresses, changes)
        )
        self.blind_indexes: list[bytes] = []
        self.ended_numbers: list[str] = []
        self.written: list[tuple[str, dict[str, Any]]] = []

    def add_person(self, name: str) -> str:
        """Somebody new; their id."""
        made = self._tx.new_id(self._now)
        sealed = self._tx.seal(name, made, "people.name")
        self.people.add({"id": made, "name": sealed, "language": "zh", "made_at": self._now})
        return made

    def open_file(self, unit: Unit, written: Written) -> None:
        """A file with what is known from the start. Its first period begins now."""
        dates = deadlines(self._now, unit.rhythm)
        self.files.add(
            {
                "person_id": written.person_id,
                "unit_id": unit.id,
                "unit_path": unit.path,
                "whereabouts": "out",
                "place_code": "",
                "enrolled_at": self._now,
                "last_contact_at": self._now,
                "last_contact_kind": "enrolled",
                "due_from": dates.due_from,
                "late_after": dates.late_after,
                "silent_after": dates.silent_after,
                **self._columns(written),
            }
        )

    def write(self, written: Written) -> None:
        """Into a file that is there."""
        columns = self._columns(written)
        if columns:
            self.written.append((written.person_id, columns))

    def add_number(self, person_id: str, number: str) -> None:
        """Nobody has verified it yet."""
        made = self._tx.new_id(self._now)
        index = self._tx.vault.blind("sms", number)
        self.blind_indexes.append(index)
        self.numbers.add(
            {
                "id": made,
                "person_id": person_id,
                "channel": "sms",
                "value": self._tx.seal(number, made, "addresses.value"),
                "value_index": index,
                "made_at": self._now,
            }
        )

    def record_change(self, person_id: str, change: Change) -> None:
        """The old value stays readable."""
        made = self._tx.new_id(change.at)
        self.changes.add(
            {
                "id": made,
                "member_id": person_id,
                "field": change.field,
                "old": self._tx.seal(change.old, made, "changes.old"),
                "new": self._tx.seal(change.new, made, "changes.new"),
                "old_place": change.old_place,
                "new_place": change.new_place,
                "at": change.at,
                "channel": change.channel,
                "by_id": change.by_id,
            }
        )

    def _columns(self, written: Written) -> dict[str, Any]:
        sealed: dict[str, Any] = {
            field: self._tx.seal(said, written.person_id, f"members.{field}") if said else None
            for field, said in written.texts.items()
        }
        if any(written.texts.get(field) for field in ("employer", "job")):
            sealed |= line_of_work(written.texts)
        if place := written.facts.get("place_code"):
            sealed |= clocks(str(place), written.texts.get("address", ""))
        return sealed | dict(written.facts)
