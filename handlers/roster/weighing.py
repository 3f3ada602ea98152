"""What is to be done for each person in the file, and how that reads in their rows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from content.rules.silence import Rhythm
from handlers.roster.comparing import Difference, Writing, differences, writing
from handlers.roster.doubts import SAID_BY_MEMBER, Doubts
from handlers.roster.known import Known
from handlers.roster.liaisons import Liaisons
from handlers.roster.numbers import settle
from handlers.roster.persons import Somebody, told_together
from handlers.roster.planned import Deed, Outcome, PlannedRow
from handlers.roster.row import RosterRow

Told = TypeVar("Told")
_TOLD_BY_MEMBERS = {"address", "place_code", "employer", "job"}
_AT_ONCE = 200
Numbered = dict[tuple[str, int], list[Difference]]


async def weigh(
    people: Sequence[Somebody], known: Known, doubts: Doubts, now: datetime
) -> tuple[tuple[Deed, ...], list[PlannedRow]]:
    """The deeds that change something, and what becomes of every row."""
    liaisons = Liaisons(people, known, doubts)
    deeds = []
    for n, somebody in enumerate(people):
        if n % _AT_ONCE == 0:
            await asyncio.sleep(0)  # a county's roster takes seconds, and members write meanwhile
        deeds.append(await _deed(somebody, liaisons, known, doubts, now))
    await settle(liaisons.everyone, known, doubts)
    numbered = _new_numbers(liaisons.everyone)
    rows = [row for deed in deeds for row in await _rows(deed, numbered, known)]
    deeds += [Deed(liaison) for liaison in liaisons.everyone[len(people) :]]
    return tuple(deed for deed in deeds if _changes_something(deed)), rows


async def _deed(somebody: Somebody, liaisons: Liaisons, known: Known, doubts: Doubts, now: datetime) -> Deed:
    for row in somebody.rows:
        doubts.of_reading(row)
    if somebody.nobody_knows_which:
        somebody.phone = ""
        return Deed(somebody)
    row = told_together(somebody.rows, doubts)
    unit = somebody.branch.unit
    today = now.astimezone(ZoneInfo((unit.rhythm if unit else Rhythm()).timezone)).date()
    liaison = await liaisons.of(somebody, row)
    present = somebody.file.liaison_id if somebody.file else None
    is_new = liaison is not None and (liaison.person_id is None or liaison.person_id != present)
    told = writing(row, somebody.file, today, doubts)
    return Deed(
        person=somebody,
        enrols=somebody.file is None,
        writing=await _but_for_the_members_own_word(told, somebody, row, known, doubts),
        liaison=liaison if is_new else None,
    )


async def _but_for_the_members_own_word(
    told: Writing, somebody: Somebody, row: RosterRow, known: Known, doubts: Doubts
) -> Writing:
    """A roster is older than what the member said since: it does not write over their own word."""
    if somebody.file is None or not _TOLD_BY_MEMBERS & {*told.texts, *told.facts}:
        return told
    theirs = await known.said_by_member(somebody.file)
    kept: set[str] = set()
    for field, names, value in (
        ("address", {"address", "place_code"}, row.place_text),
        ("job", {"employer", "job"}, row.job or row.employer),
    ):
        if field in theirs and names & {*told.texts, *told.facts}:
            doubts.note(row, "place" if field == "address" else "job", value, SAID_BY_MEMBER)
            kept |= names
    return Writing(_without(told.texts, kept), _without(told.facts, kept))


def _without(said: Mapping[str, Told], kept: set[str]) -> dict[str, Told]:
    return {name: value for name, value in said.items() if name not in kept}


def _new_numbers(everyone: Sequence[Somebody]) -> Numbered:
    """Under the row that gives it, each number that somebody known gets."""
    numbered: Numbered = {}
    for somebody in everyone:
        if somebody.phone and somebody.phone_at and somebody.person_id:
            row, field = somebody.phone_at
            old = "、".join(address.value for address in somebody.numbers)
            told = numbered.setdefault((row.sheet, row.row), [])
            told.append(Difference(field, old, somebody.phone))
    return numbered


async def _rows(deed: Deed, numbered: Numbered, known: Known) -> list[PlannedRow]:
    person = deed.person
    first, *again = person.rows
    changed = await _differences(deed, numbered, known)
    outcome: Outcome = "added" if deed.enrols else "changed" if changed else "unchanged"
    place = (first.sheet, first.row)
    return [
        _row(person, first, outcome, changed),
        *(PlannedRow(r.sheet, r.row, r.name, person.branch.name, "merged", (), place) for r in again),
    ]


def _row(person: Somebody, row: RosterRow, outcome: Outcome, changed: tuple[Difference, ...]) -> PlannedRow:
    return PlannedRow(row.sheet, row.row, person.name, person.branch.name, outcome, changed)


async def _differences(deed: Deed, numbered: Numbered, known: Known) -> tuple[Difference, ...]:
    """What changes for somebody whose file is kept already."""
    file = deed.person.file
    if file is None:
        return ()
    changed = [*differences(deed.writing, file)]
    for row in deed.person.rows:
        changed += numbered.get((row.sheet, row.row), [])
    if deed.liaison:
        old = await known.name_of(file.liaison_id) if file.liaison_id else ""
        changed.append(Difference("liaison", old, deed.liaison.name))
    return tuple(changed)


def _changes_something(deed: Deed) -> bool:
    person, told = deed.person, deed.writing
    is_new = person.person_id is None and not person.nobody_knows_which
    return bool(is_new or person.phone or deed.enrols or deed.liaison or told.texts or told.facts)
