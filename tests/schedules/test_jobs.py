"""The jobs of the timetable themselves: two processes at once, and a month down, say each thing once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import WoundClock
from bot.clockwork import Clockwork
from schedules.timetable import TIMETABLE
from storage import addresses, campaign_life, campaigns, contacts, members, offices, people, units
from storage.database import Database, Transaction
from storage.outbox import outbox
from storage.viewer import the_programme
from tests.schedules.test_clockwork import MONDAY

LIAISON, MEMBERS = "+8613900000002", 12


@pytest.fixture
async def other(database: Database) -> AsyncIterator[Database]:
    opened = Database(database.url.render_as_string(hide_password=False), database.vault)
    yield opened
    await opened.close()


async def a_branch(database: Database) -> str:
    """A liaison, and twelve members entrusted to them, all heard today."""
    async with database.writing() as tx:
        unit = await units.found(tx, MONDAY, "柳湾村党支部")
        liaison = await _person(tx, "孟联", LIAISON)
        await offices.grant(tx, MONDAY, liaison, "liaison", unit)
        for n in range(MEMBERS):
            person = await _person(tx, f"史{n}号", f"+86139000100{n:02}")
            await members.enrol(tx, MONDAY, person, unit, liaison)
    return liaison


async def _person(tx: Transaction, name: str, number: str) -> str:
    person = await people.add(tx, MONDAY, name)
    await addresses.add(tx, MONDAY, person, "sms", number, verified=True)
    await people.has_joined(tx, person, MONDAY)
    return person


async def promised(database: Database) -> Counter[str]:
    async with database.reading() as tx:
        return Counter((await tx.conn.execute(select(outbox.c.kind))).scalars())


async def test_two_processes_say_each_thing_once(database: Database, other: Database) -> None:
    liaison, clock = await a_branch(database), WoundClock(MONDAY)
    works = [Clockwork(db, clock, TIMETABLE, "Asia/Shanghai", lambda: None) for db in (database, other)]
    await asyncio.gather(*(work.tick() for work in works))
    async with database.writing() as tx:
        await campaigns.plan_once(tx, MONDAY, liaison, "unpaid-wages", MONDAY + timedelta(days=1))
    for _ in range(29):
        clock.wind(timedelta(days=1))
        await asyncio.gather(*(work.tick() for work in works for _ in range(2)))
    # Nothing was sent here: all are the secretary's to tell by voice, and in the round on four Mondays,
    # and its sender has the account of the lesson.
    assert await promised(database) == {"lesson": MEMBERS, "reminder": MEMBERS, "notice": 1 + 4 + 1}
    for _ in range(12):
        clock.wind(timedelta(days=1))
        await asyncio.gather(*(work.tick() for work in works for _ in range(2)))
    assert await promised(database) == {"lesson": MEMBERS, "reminder": 2 * MEMBERS, "notice": 6 + 2}


async def test_after_a_month_down_each_hears_one_thing(database: Database) -> None:
    """The liaison's round names all of them that Monday; the report waits for their reminders."""
    await a_branch(database)
    clock = WoundClock(MONDAY)
    await Clockwork(database, clock, TIMETABLE, "Asia/Shanghai", lambda: None).tick()
    clock.wind(timedelta(days=45))
    works = Clockwork(database, clock, TIMETABLE, "Asia/Shanghai", lambda: None)
    await works.tick()
    await works.tick()
    assert await promised(database) == {"reminder": MEMBERS, "notice": 1}
    clock.wind(timedelta(days=1))
    await works.tick()
    assert await promised(database) == {"reminder": MEMBERS, "notice": 2}


async def test_a_clock_far_ahead_hides_nobody_for_years(database: Database) -> None:
    """A month down with the right clock after one word by the wrong one: they are reminded all the same."""
    await a_branch(database)
    async with database.writing() as tx:
        for member in await members.everyone(tx, the_programme()):
            wrong = MONDAY + timedelta(days=1000)
            await contacts.heard(tx, wrong, member, "word", "sms", member.id)
            await members.note_facts(tx, member, reminded_at=wrong)
    clock = WoundClock(MONDAY)
    works = Clockwork(database, clock, TIMETABLE, "Asia/Shanghai", lambda: None)
    for _ in range(31):
        await works.tick()
        clock.wind(timedelta(days=1))
    assert (await promised(database))["reminder"] == MEMBERS


async def test_the_next_word_overwrites_a_last_contact_that_lies_ahead(database: Database) -> None:
    await a_branch(database)
    async with database.writing() as tx:
        member = (await members.everyone(tx, the_programme()))[0]
        await contacts.heard(tx, MONDAY + timedelta(days=1000), member, "word", "sms", member.id)
        ahead = await members.find(tx, the_programme(), member.id)
        assert ahead
        await contacts.heard(tx, MONDAY, ahead, "word", "sms", member.id)
        found = await members.find(tx, the_programme(), member.id)
    assert found and found.last_contact_at == MONDAY


async def test_the_next_event_is_a_planned_lesson_where_that_is_sooner(database: Database) -> None:
    liaison = await a_branch(database)
    works = Clockwork(database, WoundClock(MONDAY), TIMETABLE, "Asia/Shanghai", lambda: None)
    tonight = MONDAY.replace(hour=19, minute=30)
    async with database.writing() as tx:
        planned = await campaigns.plan_once(tx, MONDAY, liaison, "unpaid-wages", tonight)
    assert await works.next_event(MONDAY) == tonight
    async with database.writing() as tx:
        await campaign_life.cancel(tx, MONDAY, planned)
    assert await works.next_event(MONDAY) == works.next_slot(MONDAY)


async def test_a_lesson_taken_off_the_shelf_stops_no_other(database: Database) -> None:
    liaison, clock = await a_branch(database), WoundClock(MONDAY)
    async with database.writing() as tx:
        await campaigns.plan_once(tx, MONDAY, liaison, "no-longer-there", MONDAY)
        await campaigns.plan_once(tx, MONDAY, liaison, "unpaid-wages", MONDAY)
    await Clockwork(database, clock, TIMETABLE, "Asia/Shanghai", lambda: None).tick()
    async with database.reading() as tx:
        assert [(s.cancelled, s.sent_at is None) for s in await campaigns.made_by(tx, liaison)] == [
            (False, False),
            (True, True),
        ]
    assert await promised(database) == {"lesson": MEMBERS, "notice": 1}
