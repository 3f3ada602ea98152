"""Makes everything ready that a plan says while nobody waits: sealing a county's names takes seconds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from content.rules.places import Place, find_place
from handlers.roster.branches import Branch
from handlers.roster.persons import Somebody
from handlers.roster.planned import Deed, Plan
from handlers.roster.telling import changes_told
from storage import units
from storage.brought import Brought, Written
from storage.database import Transaction
from storage.units import Unit

_AT_ONCE = 200

Ids = dict[Somebody, str]
Founded = dict[str, Unit]


@dataclass(frozen=True, slots=True)
class Ready:
    """`founds` with the root first where there is none yet; `entrusted` are liaisons with their branches."""

    founds: tuple[Unit, ...]
    brought: Brought
    entrusted: tuple[tuple[str, Unit], ...]


async def make_ready(tx: Transaction, plan: Plan, now: datetime, by: str | None = None) -> Ready:
    """Nothing is written yet: `tx` may be a reader's. `by` is None for the command line."""
    root, founded = _founded(tx, plan, now)
    # Branch by branch: rows that lie together in the indexes are written in half the time.
    deeds = sorted(plan.deeds, key=lambda deed: _unit(deed, founded).path)
    brought, ids = Brought(tx, now), {d.person: d.person.person_id for d in deeds if d.person.person_id}
    for deed in deeds:
        if deed.person not in ids:
            ids[deed.person] = brought.add_person(deed.person.name)
    for n, deed in enumerate(deeds):
        if n % _AT_ONCE == 0:
            await asyncio.sleep(0)
        _bring(deed, brought, ids, founded)
        for person_id, change in () if deed.enrols else changes_told(deed, now, by):
            brought.record_change(person_id, change)
    new_root = (root,) if root and plan.founds and plan.root.unit is None else ()
    return Ready((*new_root, *founded.values()), brought, _entrusted(deeds, ids, founded))


def _founded(tx: Transaction, plan: Plan, now: datetime) -> tuple[Unit | None, Founded]:
    """The root, where branches are founded, and the new branches by their keys."""
    if not plan.founds:
        return plan.root.unit, {}
    root = plan.root.unit or units.drawn_up(tx, now, plan.root.name, "committee", place_code=_home(plan.root))
    return root, {b.key: units.drawn_up(tx, now, b.name, "branch", root) for b in plan.founds}


def _home(root: Branch) -> str:
    """Where home is, by the committee's own name: it tells who is out of the province."""
    place = find_place(root.name)
    return place.code if isinstance(place, Place) else ""


def _bring(deed: Deed, brought: Brought, ids: Ids, founded: Founded) -> None:
    person = deed.person
    if person.phone:
        brought.ended_numbers += [number.id for number in person.numbers]
        brought.add_number(ids[person], person.phone)
    if not person.rows:
        return
    if deed.enrols:
        brought.open_file(_unit(deed, founded), _written(deed, ids))
    else:
        brought.write(_written(deed, ids))


def _written(deed: Deed, ids: Ids) -> Written:
    facts = dict(deed.writing.facts)
    if deed.liaison:
        facts["liaison_id"] = _id(deed.liaison, ids)
    return Written(ids[deed.person], deed.writing.texts, facts)


def _entrusted(deeds: list[Deed], ids: Ids, founded: Founded) -> tuple[tuple[str, Unit], ...]:
    """Each liaison who gets somebody in a branch, with the branch: once, however many they get."""
    pairs = {
        (_id(deed.liaison, ids), unit.id): unit
        for deed in deeds
        if deed.liaison and (unit := _unit(deed, founded))
    }
    return tuple((liaison_id, unit) for (liaison_id, _), unit in pairs.items())


def _unit(deed: Deed, founded: Founded) -> Unit:
    branch = deed.person.branch
    return branch.unit or founded[branch.key]


def _id(somebody: Somebody, ids: Ids) -> str:
    return somebody.person_id or ids[somebody]
