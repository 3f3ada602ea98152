"""Does what a plan says, all in the caller's one transaction: a roster is taken whole or not at all."""

from __future__ import annotations

from datetime import datetime

from content.rules.places import Place, find_place
from handlers.roster.branches import Branch
from handlers.roster.persons import Somebody
from handlers.roster.planned import Deed, Plan
from handlers.roster.telling import changes_told
from storage import rosters, units
from storage.database import Transaction
from storage.rosters import Written
from storage.units import Unit

Ids = dict[Somebody, str]
Founded = dict[str, Unit]


async def apply_import(tx: Transaction, plan: Plan, now: datetime, by: str | None = None) -> None:
    """Write the plan down, while what it was made from stands. `by` is None for the command line.

    Raises AddressTaken where somebody verified a number since; nothing of the roster is kept then.
    """
    founded = await _found(tx, plan, now)
    ids = await _people(tx, plan, now)
    await _numbers(tx, plan, ids, now)
    of_members = [deed for deed in plan.deeds if deed.person.rows]
    new = [deed for deed in of_members if deed.enrols]
    await rosters.enrol(tx, now, [(_unit(deed, founded), _written(deed, ids)) for deed in new])
    known = [deed for deed in of_members if not deed.enrols]
    await rosters.record_changes(tx, [told for deed in known for told in changes_told(deed, now, by)])
    await rosters.write(tx, [_written(deed, ids) for deed in known])
    await rosters.grant_liaisons(tx, now, _entrusted(plan, ids, founded), by)


async def _found(tx: Transaction, plan: Plan, now: datetime) -> Founded:
    """The new branches by their keys, and the root where there is none yet."""
    if not plan.founds:
        return {}
    root = plan.root.unit or await units.found(
        tx, now, plan.root.name, "committee", place_code=_home(plan.root)
    )
    return {branch.key: await units.found(tx, now, branch.name, "branch", root) for branch in plan.founds}


def _home(root: Branch) -> str:
    """Where home is, by the committee's own name: it tells who is out of the province."""
    place = find_place(root.name)
    return place.code if isinstance(place, Place) else ""


async def _people(tx: Transaction, plan: Plan, now: datetime) -> Ids:
    people = [deed.person for deed in plan.deeds]
    new = [somebody for somebody in people if somebody.person_id is None]
    made = await rosters.add_people(tx, now, [somebody.name for somebody in new])
    return {s: s.person_id for s in people if s.person_id} | dict(zip(new, made, strict=True))


async def _numbers(tx: Transaction, plan: Plan, ids: Ids, now: datetime) -> None:
    people = [deed.person for deed in plan.deeds if deed.person.phone]
    await rosters.end_numbers(tx, now, [number.id for somebody in people for number in somebody.numbers])
    await rosters.add_numbers(tx, now, [(ids[somebody], somebody.phone) for somebody in people])


def _written(deed: Deed, ids: Ids) -> Written:
    facts = dict(deed.writing.facts)
    if deed.liaison:
        facts["liaison_id"] = _id(deed.liaison, ids)
    return Written(ids[deed.person], deed.writing.texts, facts)


def _entrusted(plan: Plan, ids: Ids, founded: Founded) -> list[tuple[str, Unit]]:
    """Each liaison who gets somebody in a branch, with the branch: once, however many they get."""
    pairs = {
        (_id(deed.liaison, ids), unit.id): unit
        for deed in plan.deeds
        if deed.liaison and (unit := _unit(deed, founded))
    }
    return [(liaison_id, unit) for (liaison_id, _), unit in pairs.items()]


def _unit(deed: Deed, founded: Founded) -> Unit:
    branch = deed.person.branch
    return branch.unit or founded[branch.key]


def _id(somebody: Somebody, ids: Ids) -> str:
    return somebody.person_id or ids[somebody]
