"""Does what a plan says, all in the caller's one transaction: a roster is taken whole or not at all."""

from __future__ import annotations

from datetime import datetime

from content.rules.places import Place, find_place
from handlers.roster.branches import Branch
from handlers.roster.persons import Somebody
from handlers.roster.planned import Deed, Plan
from storage import addresses, changes, members, offices, people, units
from storage.changes import Change, Field
from storage.database import Transaction
from storage.files import Member
from storage.units import Unit

DOOR = "roster"

Ids = dict[Somebody, str]
Founded = dict[str, Unit]


async def apply_import(tx: Transaction, plan: Plan, now: datetime, by: str | None = None) -> None:
    """Write the plan down, in the transaction in which it was made. `by` is None for the command line.

    Raises AddressTaken where somebody verified a number since; nothing of the roster is kept then.
    """
    founded = await _found(tx, plan, now)
    ids = {deed.person: await _person(tx, deed.person, now) for deed in plan.deeds}
    for deed in plan.deeds:
        await _end_numbers(tx, deed.person, now)
    for deed in plan.deeds:
        if deed.person.phone:
            await addresses.add(tx, now, ids[deed.person], "sms", deed.person.phone)
    for deed in plan.deeds:
        if deed.person.rows:
            await _member(tx, plan, deed, ids, founded, now, by)
    for liaison_id, unit in _entrusted(plan, ids, founded):
        await offices.grant(tx, now, liaison_id, "liaison", unit, by)


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


async def _person(tx: Transaction, somebody: Somebody, now: datetime) -> str:
    return somebody.person_id or await people.add(tx, now, somebody.name)


async def _end_numbers(tx: Transaction, somebody: Somebody, now: datetime) -> None:
    for number in somebody.numbers if somebody.phone else ():
        await addresses.end(tx, now, number.id)


async def _member(
    tx: Transaction,
    plan: Plan,
    deed: Deed,
    ids: Ids,
    founded: Founded,
    now: datetime,
    by: str | None,
) -> None:
    if deed.enrols:
        await members.enrol(tx, now, ids[deed.person], _unit(deed, founded))
    file = await members.find(tx, plan.viewer, ids[deed.person])
    if file is None:
        raise LookupError("the file is out of the viewer's sight")
    if not deed.enrols:
        await _keep_history(tx, file, deed, now, by)
    if deed.writing.texts:
        await members.note_texts(tx, file, **deed.writing.texts)
    facts = dict(deed.writing.facts)
    if deed.liaison:
        facts["liaison_id"] = _id(deed.liaison, ids)
    if facts:
        await members.note_facts(tx, file, **facts)


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


async def _keep_history(tx: Transaction, file: Member, deed: Deed, now: datetime, by: str | None) -> None:
    """The old address, work and number stay readable, as when the member tells the change. (S7)"""
    told = deed.writing
    place = str(told.facts.get("place_code", file.place_code))
    if "address" in told.texts or "place_code" in told.facts:
        new = str(told.texts.get("address", file.address))
        await _record(tx, file, "address", file.address, new, place, now, by)
    if "job" in told.texts:
        await _record(tx, file, "job", file.job, str(told.texts["job"]), file.place_code, now, by)
    if deed.person.phone:
        old = " ".join(number.value for number in deed.person.numbers)
        await _record(tx, file, "phone", old, deed.person.phone, file.place_code, now, by)


async def _record(
    tx: Transaction,
    file: Member,
    field: Field,
    old: str,
    new: str,
    place: str,
    now: datetime,
    by: str | None,
) -> None:
    change = Change(
        field=field,
        old=old,
        new=new,
        old_place=file.place_code,
        new_place=place,
        at=now,
        channel=DOOR,
        by_id=by,
    )
    await changes.record(tx, file, change)
