"""The people that a roster speaks of: several rows may be one person, and a liaison may be a member."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

from handlers.roster.branches import Branch
from handlers.roster.doubts import SAID_TWICE, Doubts
from handlers.roster.row import RosterRow
from storage.addresses import Address
from storage.files import Member

Placed = tuple[RosterRow, Branch]

_NOT_SAID = {
    "sheet",
    "row",
    "name",
    "phone",
    "disputed",
    "branch",
    "liaison_phone",
    "remark",
    "unclear",
    "typed",
}
_SAID_OF_THE_PERSON = tuple(f.name for f in fields(RosterRow) if f.name not in _NOT_SAID)


@dataclass(slots=True, eq=False)
class Somebody:
    """One person in the file. `rows` are those that list them as a member: none for a liaison alone.

    `person_id` and `file` are of the person that the database knows already. `phone` is the number
    that the file gives, and `phone_at` the cell where; `numbers` are those that are known.
    """

    name: str
    branch: Branch
    phone: str = ""
    phone_at: tuple[RosterRow, str] | None = None
    rows: list[RosterRow] = field(default_factory=list)
    person_id: str | None = None
    file: Member | None = None
    numbers: list[Address] = field(default_factory=list)
    nobody_knows_which: bool = False


def gather(placed: Iterable[Placed]) -> list[Somebody]:
    """Each person once, in the order of the file: the same name and number is one person.

    A row without a number is the one of that name in the branch, unless the file has several.
    """
    found: dict[tuple[str, str], Somebody] = {}
    of_name: dict[tuple[str, str], list[Somebody]] = {}
    for row, branch in sorted(placed, key=lambda one: not (one[0].phone or one[0].disputed)):
        namesakes = of_name.setdefault((branch.key, row.name), [])
        if number := row.phone or row.disputed:
            key = (row.name, number)
            somebody = found.get(key) or Somebody(row.name, branch, row.phone, (row, "phone"))
            found[key] = somebody
        else:
            nameless = [one for one in namesakes if not one.phone]
            alone = namesakes if len(namesakes) == 1 else nameless
            somebody = alone[0] if alone else Somebody(row.name, branch)
        somebody.rows.append(row)
        if somebody not in namesakes:
            namesakes.append(somebody)
    return _in_order_of_file([row for row, _ in placed], of_name.values())


def told_together(rows: Sequence[RosterRow], doubts: Doubts) -> RosterRow:
    """What the rows of one person say between them; the first one counts where they differ."""
    together = rows[0]
    for row in rows[1:]:
        said = {name: getattr(row, name) for name in _SAID_OF_THE_PERSON if getattr(row, name)}
        for name, value in said.items():
            known = getattr(together, name)
            if known and known != value and not _is_less_exact(known, value):
                doubts.note(row, name.removesuffix("_text"), str(value), SAID_TWICE)
        news = {name: value for name, value in said.items() if not getattr(together, name)}
        if "liaison" in news:
            news["liaison_phone"] = row.liaison_phone
        together = replace(together, **news)
    return together


def _is_less_exact(known: object, value: object) -> bool:
    """2026.3 beside 2026-03-05: a month without a day falls on its first."""
    if not isinstance(known, date) or not isinstance(value, date):
        return False
    return known.replace(day=1) == value.replace(day=1) and 1 in (known.day, value.day)


def _in_order_of_file(rows: Sequence[RosterRow], groups: Iterable[list[Somebody]]) -> list[Somebody]:
    place = {id(row): at for at, row in enumerate(rows)}
    people = list(dict.fromkeys(somebody for group in groups for somebody in group))
    for somebody in people:
        somebody.rows.sort(key=lambda row: place[id(row)])
    return sorted(people, key=lambda somebody: place[id(somebody.rows[0])])
