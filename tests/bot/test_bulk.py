"""What goes to many: by the batch where the company takes batches, and nobody pays for another's fault."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.channels.contract import AddressFailed, SendingFailed, Sent, TryLater
from bot.channels.gateways.contract import Text
from bot.channels.sms import Sms
from bot.clock import WoundClock
from bot.delivery import Delivery
from bot.sandbox.world import World
from schedules.run_campaigns import run_campaigns
from storage import campaign_life, campaigns, people
from storage.campaigns import Campaign, Order
from storage.database import Database
from storage.outbox import outbox
from storage.recipients import recipients
from storage.units import units
from tests.bot.company import Company
from tests.bot.house import START
from tests.reliability.branch import Resident, found_branch

MANY = 260


class Batches(Company):
    """Writes down each request; `refuses` are numbers it has a quarrel with, `wait` what it says of all."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[list[Text]] = []
        self.refuses: set[str] = set()
        self.wait: timedelta | None = None

    async def send(self, text: Text) -> Sent:
        [outcome] = await self.send_batch([text])
        if isinstance(outcome, SendingFailed):
            raise outcome
        return outcome

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        self.requests.append(list(texts))
        if self.wait:
            return [TryLater("too_many", self.wait) for _ in texts]
        return [self._ended(text) for text in texts]

    def _ended(self, text: Text) -> Sent | SendingFailed:
        return AddressFailed("no_such_number") if text.number in self.refuses else Sent("batch")


class Office:
    """A branch with old phones, and a company that takes a hundred numbers at once."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock, self.company = database, WoundClock(START), Batches()
        self.delivery = Delivery(database, {"sms": Sms(self.company, "【联动】")}, self.clock)
        self.members: list[Resident] = []

    async def settles(self) -> None:
        self.members = await found_branch(self.database, World(self.clock), self.clock.now(), MANY, old=True)

    async def plans(self, **words: str) -> Campaign:
        async with self.database.writing() as tx:
            unit = (await tx.conn.execute(select(units.c.id).limit(1))).scalar_one()
            order = Order("notice", words=words or {"zh": "周六九点开会"})
            return await campaigns.make(tx, self.clock.now(), None, order, self.clock.now(), unit_id=unit)

    async def runs(self) -> None:
        """All that can go out now."""
        worked = 1
        while worked:
            async with self.database.writing() as tx:
                worked = await run_campaigns(tx, self.clock.now())
            worked += await self.delivery.bulk["sms"].keep_promises()
            await self.delivery.arrived()

    async def is_written(self) -> None:
        """Every letter lies in the outbox."""
        worked = 1
        while worked:
            async with self.database.writing() as tx:
                worked = await run_campaigns(tx, self.clock.now())

    async def letters(self) -> list[Row[Any]]:
        async with self.database.reading() as tx:
            return list(await tx.conn.execute(select(outbox).order_by(outbox.c.id)))

    async def steps(self) -> list[str]:
        async with self.database.reading() as tx:
            return list((await tx.conn.execute(select(recipients.c.step).distinct())).scalars())

    def reached(self) -> list[str]:
        return sorted(text.number for request in self.company.requests for text in request)


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    there = Office(database)
    await there.settles()
    yield there


async def test_a_batch_at_a_time_each_with_its_own_state(office: Office) -> None:
    await office.plans()
    await office.runs()
    assert [len(request) for request in office.company.requests] == [100, 100, 60]
    assert {text.words for request in office.company.requests for text in request} == {"【联动】周六九点开会"}
    assert {(row.state, row.provider_id) for row in await office.letters()} == {("accepted", "batch")}
    assert office.reached() == sorted(member.phone.number for member in office.members)


async def test_whoever_reads_another_language_is_in_another_batch(office: Office) -> None:
    async with office.database.writing() as tx:
        for member in office.members[:3]:
            await people.choose_language(tx, member.id, "en")
    await office.plans(zh="周六九点开会", en="Meeting on Saturday at nine")
    await office.runs()
    words = [{text.words for text in request} for request in office.company.requests]
    assert all(len(one) == 1 for one in words), "all of a batch read the same"
    assert sum(len(r) for r in office.company.requests if "Meeting" in r[0].words) == 3


async def test_those_of_one_language_share_batches_however_they_are_mixed(office: Office) -> None:
    async with office.database.writing() as tx:
        for member in office.members[::2]:
            await people.choose_language(tx, member.id, "en")
    await office.plans(zh="周六九点开会", en="Meeting on Saturday at nine")
    await office.runs()
    assert sorted(len(request) for request in office.company.requests) == [30, 30, 100, 100]


async def test_one_dead_number_costs_nobody_else_the_message(office: Office) -> None:
    dead = office.members[7].phone.number
    office.company.refuses = {dead}
    await office.plans()
    await office.runs()
    ends = [(row.state, row.reason) for row in await office.letters() if row.state != "accepted"]
    assert ends == [("failed", "no_such_number")]
    assert office.reached().count(dead) == 1


async def test_a_company_that_asks_to_be_left_alone_is_left_alone(office: Office) -> None:
    office.company.wait = timedelta(seconds=90)
    await office.plans()
    await office.runs()
    asked = len(office.company.requests)
    assert asked <= 4, "those on the wire when it said so"
    office.clock.wind(timedelta(seconds=89))
    await office.runs()
    assert len(office.company.requests) == asked
    office.company.wait = None
    office.clock.wind(timedelta(seconds=1))
    office.company.requests.clear()
    await office.runs()
    office.clock.wind(timedelta(minutes=5))
    await office.runs()
    assert office.reached() == sorted(member.phone.number for member in office.members)


async def test_what_is_paused_stays_and_goes_on_where_it_stood(office: Office) -> None:
    campaign = await office.plans()
    async with office.database.writing() as tx:
        while await run_campaigns(tx, office.clock.now()):
            pass
        assert await campaign_life.pause(tx, campaign.id)
    await office.runs()
    assert office.company.requests == []
    async with office.database.writing() as tx:
        assert await campaign_life.resume(tx, campaign.id)
    await office.runs()
    assert office.reached() == sorted(member.phone.number for member in office.members)


async def test_whoever_has_no_door_is_left_to_the_next_step(office: Office) -> None:
    async with office.database.writing() as tx:
        await people.stop_lessons(tx, office.members[0].id, office.clock.now())
        await people.has_left(tx, office.members[1].id)
    await office.plans()
    await office.runs()
    assert len(office.reached()) == MANY - 2
    assert set(await office.steps()) == {"letter", "voice"}


class Slow(Batches):
    """Of the sixteen requests under way each takes two minutes of the clock, or none is ever answered."""

    def __init__(self, clock: WoundClock) -> None:
        super().__init__()
        self.most_at_once, self.hangs, self._clock = 10, False, clock

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        self.requests.append(list(texts))
        if self.hangs:
            await asyncio.Event().wait()
        await asyncio.sleep(0.02)
        self._clock.wind(timedelta(seconds=7.5))
        return [Sent("batch") for _ in texts]


async def test_what_is_cut_off_on_the_wire_is_unknown_and_does_not_go_out_again(office: Office) -> None:
    slow = office.company = Slow(office.clock)
    slow.hangs = True
    office.delivery = Delivery(office.database, {"sms": Sms(slow, "【联动】")}, office.clock)
    await office.plans()
    await office.is_written()
    bulk = office.delivery.bulk["sms"]
    await bulk.keep_promises()
    await asyncio.sleep(0.3)
    await office.delivery.cut()
    on_the_wire = len(office.reached())
    assert on_the_wire == 16 * 10
    states = Counter(letter.state for letter in await office.letters())
    assert states == {"unknown": on_the_wire, "pending": MANY - on_the_wire}


async def test_nobody_is_written_to_twice_by_a_company_that_is_slow(office: Office) -> None:
    """What waits behind slow requests must not outlive its lease."""
    office.company = Slow(office.clock)
    office.delivery = Delivery(office.database, {"sms": Sms(office.company, "【联动】")}, office.clock)
    await office.plans()
    await office.is_written()
    bulk, waiting = office.delivery.bulk["sms"], True
    while waiting:
        await bulk.keep_promises()
        await asyncio.sleep(0.01)
        waiting = any(letter.state in ("pending", "sending") for letter in await office.letters())
    assert len(office.reached()) == len(set(office.reached())) == MANY
    assert not any(letter.unsure for letter in await office.letters())
