"""The kept counts are what counting gives, whatever happened to the files and in whatever order. (S9, S29)"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from content.rules.silence import Rhythm
from storage import contacts, files, members, people, rosters, silence, tally_check, tally_rebuild, units
from storage.brought import Brought, Written
from storage.database import Database, Transaction
from storage.files import Member, Whereabouts
from storage.migrations import bring_up_to_date
from storage.silence import Counts, Sought
from storage.units import Unit
from storage.viewer import Viewer, below, the_programme
from tests.storage.town import NOW, file_of

DAY = timedelta(days=1)
PLACES = ("", "320506", "320115", "440305")
SEEDS = range(12)


async def a_county(tx: Transaction) -> list[Unit]:
    """Two towns with two branches each, of several rhythms, and a branch by itself."""
    made = [await units.found(tx, NOW, "县", "committee")]
    for town in ("甲镇", "乙镇"):
        above = await units.found(tx, NOW, town, "committee", made[0])
        rhythms = (None, Rhythm(14, 3))
        made += [await units.found(tx, NOW, f"{town}{n}", "branch", above, rhythm=rhythms[n]) for n in (0, 1)]
    return [*made, await units.found(tx, NOW, "独立支部")]


@dataclass(frozen=True, slots=True)
class Then:
    """A moment in the year, and somebody to whom something happens."""

    tx: Transaction
    rng: random.Random
    now: datetime
    county: list[Unit]

    async def somebody(self) -> Member:
        return self.rng.choice(await members.everyone(self.tx, the_programme()))

    def unit(self) -> Unit:
        return self.rng.choice(self.county)


async def _comes_in(then: Then) -> None:
    person = await people.add(then.tx, then.now, "周远")
    whereabouts: Whereabouts = then.rng.choice(("out", "out", "home"))
    await members.enrol(then.tx, then.now, person, then.unit(), whereabouts=whereabouts)


async def _are_imported(then: Then) -> None:
    brought = Brought(then.tx, then.now)
    ids = [brought.add_person(name) for name in ("甲", "乙", "丙")]
    for one in ids:
        brought.open_file(then.unit(), Written(one, {}, {"place_code": then.rng.choice(PLACES)}))
    brought.write(Written(ids[0], {}, {"whereabouts": "home"}))
    await rosters.bring(then.tx, then.now, brought)


async def _rhythm_changes(then: Then) -> None:
    unit = units.units.c.id == then.unit().id
    days = then.rng.choice((7, 30, 90))
    await then.tx.conn.execute(update(units.units).where(unit).values(period_days=days))


async def _is_heard(then: Then) -> None:
    member = await then.somebody()
    await contacts.heard(then.tx, then.now, member, "check_in", "sms", member.id)


async def _goes_quiet(then: Then) -> None:
    member, until = await then.somebody(), then.now.date() + timedelta(days=then.rng.randint(1, 90))
    await contacts.heard(then.tx, then.now, member, "word", "sms", member.id, quiet_until=until)


async def _goes_home(then: Then) -> None:
    await members.note_facts(then.tx, await then.somebody(), whereabouts="home", place_code="320115")


async def _goes_out(then: Then) -> None:
    place = then.rng.choice(PLACES)
    await members.note_facts(then.tx, await then.somebody(), whereabouts="out", place_code=place)


async def _moves_branch(then: Then) -> None:
    unit = then.unit()
    await members.note_facts(then.tx, await then.somebody(), unit_id=unit.id, unit_path=unit.path)


async def _is_taken_off(then: Then) -> None:
    member = await then.somebody()
    for table, column in ((contacts.contacts, "member_id"), (files.members, "person_id")):
        await then.tx.conn.execute(delete(table).where(table.c[column] == member.id))


async def _is_reminded(then: Then) -> None:
    await members.note_facts(then.tx, await then.somebody(), reminded_at=then.now)


async def _clock_goes_wrong(then: Then) -> None:
    member, rng = await then.somebody(), then.rng
    wrong = then.now + timedelta(days=rng.randint(-300, 300), seconds=rng.randint(0, 86_400))
    await contacts.heard(then.tx, wrong, member, "word", "sms", member.id)


HAPPENINGS = (
    *(_comes_in, _are_imported, _is_heard, _is_heard, _goes_quiet, _goes_home, _goes_out),
    *(_moves_branch, _rhythm_changes, _is_taken_off, _is_reminded, _clock_goes_wrong),
)


async def a_year(tx: Transaction, rng: random.Random, county: list[Unit]) -> datetime:
    """Sixty things that happen, in any order; when the last one did."""
    now = NOW
    for n in range(60):
        now += timedelta(hours=rng.randint(1, 60))
        happening = _comes_in if n < 8 else rng.choice(HAPPENINGS)
        await happening(Then(tx, rng, now, county))
    return now


async def counted(tx: Transaction, unit: Unit, now: datetime) -> tuple[Counts, int, int]:
    """As one would count by hand: file by file."""
    query = select(files.members).where(below(files.members, unit.path))
    out = [row for row in await tx.conn.execute(query) if row.whereabouts == "out"]
    found = [await file_of(tx, row.person_id) for row in out]
    by_standing: Counter[str] = Counter(member.standing(now) for member in found)
    ninety = (now - 90 * DAY).date()
    long_ago = [m for m in found if (m.last_contact_at + timedelta(hours=8)).date() <= ninety]
    in_suzhou = [m for m in found if m.standing(now) == "silent" and m.place_code.startswith("3205")]
    return Counts(**by_standing), len(long_ago), len(in_suzhou)


@pytest.mark.parametrize("seed", SEEDS)
async def test_kept_counts_are_what_counting_gives(database: Database, seed: int) -> None:
    async with database.writing() as tx:
        county = await a_county(tx)
        now = await a_year(tx, random.Random(seed), county)
        assert (await tally_rebuild.wrong(tx), await tally_check.units_apart(tx)) == (0, 0)
        for unit in county:
            viewer = Viewer("nobody", (unit.path,))
            ninety = Sought((now - 90 * DAY).date())
            kept = (
                await silence.counts(tx, viewer, now),
                await silence.how_many(tx, viewer, now, ninety),
                await silence.how_many(tx, viewer, now, Sought(place_prefix="3205")),
            )
            assert kept == await counted(tx, unit, now)


@pytest.mark.parametrize(
    "drift",
    [
        "UPDATE tallies SET n = n + 1 WHERE unit_id = ''",
        "UPDATE tallies SET heard_on = heard_on + 1",
        "UPDATE tallies SET silent_after = silent_after + 86400000000 WHERE unit_id <> ''",
        "DELETE FROM place_tallies",
        "UPDATE place_tallies SET heard_on = heard_on - 1",
        "DELETE FROM unit_above WHERE above_id = ''",
    ],
)
async def test_counts_that_do_not_add_up_are_seen_at_a_glance(database: Database, drift: str) -> None:
    async with database.writing() as tx:
        county = await a_county(tx)
        await members.enrol(tx, NOW, await people.add(tx, NOW, "周远"), county[1])
        assert await tally_check.units_apart(tx) == 0
        await tx.conn.execute(text(drift))
        assert await tally_check.units_apart(tx) > 0


async def test_a_count_that_is_wrong_is_seen_and_made_anew(database: Database) -> None:
    async with database.writing() as tx:
        county = await a_county(tx)
        await members.enrol(tx, NOW, await people.add(tx, NOW, "周远"), county[1])
        await tx.conn.execute(text("UPDATE tallies SET n = 7"))
        assert await tally_rebuild.wrong(tx) > 0
        await tally_rebuild.rebuild(tx)
        assert await tally_rebuild.wrong(tx) == 0
        assert await silence.counts(tx, the_programme(), NOW) == Counts(fresh=1)
        await members.enrol(tx, NOW, await people.add(tx, NOW, "石安"), county[2])
        assert await silence.counts(tx, Viewer("x", (county[0].path,)), NOW) == Counts(fresh=2)


async def test_many_writers_at_once_are_all_counted_and_none_waits_for_the_county(database: Database) -> None:
    """Each holds its transaction open until all have written: a lock on the county's row would stop them."""
    async with database.writing() as tx:
        county = await a_county(tx)
        ids = [await people.add(tx, NOW, f"党员{n}") for n in range(6)]
        for n, person_id in enumerate(ids):
            await members.enrol(tx, NOW, person_id, county[1 + n % 4])
    all_wrote, wrote = asyncio.Event(), 0

    async def check_in(person_id: str) -> None:
        nonlocal wrote
        async with database.writing() as tx:
            await contacts.heard(tx, NOW + DAY, await file_of(tx, person_id), "word", "sms", person_id)
            wrote += 1
            if wrote == len(ids) or tx.conn.dialect.name == "sqlite":
                all_wrote.set()
            await asyncio.wait_for(all_wrote.wait(), 8)

    await asyncio.gather(*(check_in(person_id) for person_id in ids))
    async with database.writing() as tx:
        assert await tally_rebuild.wrong(tx) == 0
        folded = await tally_rebuild.fold(tx)
        assert bool(folded) == (tx.conn.dialect.name != "sqlite")
        assert await tally_rebuild.wrong(tx) == 0
        rows = (
            await tx.conn.execute(text("SELECT count(*) FROM tallies WHERE writer <> 0 OR n < 1"))
        ).scalar()
        assert rows == 0
        assert (await silence.counts(tx, the_programme(), NOW)).all == len(ids)


async def test_who_migrates_again_is_counted_once(database: Database, database_url: str) -> None:
    """The triggers are put in place after every migration: twice there are no two of each."""
    await bring_up_to_date(database_url)
    async with database.writing() as tx:
        county = await a_county(tx)
        person = await people.add(tx, NOW, "周远")
        await tx.conn.execute(insert(files.members).values(_a_row(person, county[1])))
        assert (await silence.counts(tx, the_programme(), NOW)).all == 1


def _a_row(person_id: str, unit: Unit) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "unit_id": unit.id,
        "unit_path": unit.path,
        "whereabouts": "out",
        "place_code": "",
        "enrolled_at": NOW,
        "last_contact_at": NOW,
        "last_contact_kind": "enrolled",
        "due_from": NOW + DAY,
        "late_after": NOW + 2 * DAY,
        "silent_after": NOW + 3 * DAY,
    }
