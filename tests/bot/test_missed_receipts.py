"""Texts that were taken, and whose receipts nobody brought: the company is asked before a liaison is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.contract import Receipt, SendingFailed, Sent, TryLater
from bot.channels.gateways.contract import Sought, Text
from bot.channels.sms import Sms
from bot.delivery import Delivery
from bot.doors import Doors
from bot.inquiry import Inquiry
from bot.missed_receipts import ASKED_AT, IN_A_ROUND, MissedReceipts
from bot.settings import read_settings
from content.letter import Letter
from storage import outbox, post
from storage.database import Database
from storage.outbox import Destination
from tests.bot.company import Company
from tests.bot.house import Parts, a_house
from tests.bot.test_fetching import until

A_MINUTE = timedelta(minutes=1)


class Forgetful(Company):
    """Takes each text under an id of its own, brings no receipt, and tells of it when it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Receipt | None = None
        self.away_now = False
        self.asked_about: list[str] = []

    async def send(self, text: Text) -> Sent:
        return Sent(f"theirs-{text.reference}")

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        return [await self.send(text) for text in texts]

    async def look_up(self, sought: Sought) -> Receipt | None:
        if self.away_now:
            raise TryLater("gateway_busy")
        assert sought.provider_id == f"theirs-{sought.reference}"
        self.asked_about.append(sought.reference)
        return self.told


class Desk:
    def __init__(self, house: Parts) -> None:
        self.house, self.company = house, Forgetful()
        self.delivery = Delivery(house.database, {"sms": Sms(self.company, "【联动】")}, house.clock)
        self.missed = MissedReceipts(house.database, self.delivery, house.clock, Inquiry(self.company))

    async def writes(self) -> None:
        async with self.house.database.writing() as tx:
            assert await post.tell(
                tx, self.house.clock.now(), self.house.old.id, Letter("明天开会"), "lesson", "1"
            )
        await self.sends()

    async def writes_to_strangers(self, many: int) -> None:
        async with self.house.database.writing() as tx:
            for n in range(many):
                to = Destination("sms", f"+86138{n:08}")
                await outbox.promise(tx, self.house.clock.now(), to, Letter("明天开会"), "lesson", f"{n}")
        await self.sends()

    async def sends(self) -> None:
        while await self.delivery.keep_promises("sms") or await self.delivery.bulk["sms"].keep_promises():
            await self.delivery.arrived()

    async def passes(self, time: timedelta) -> None:
        """As the program looks: once a minute."""
        for _ in range(time // A_MINUTE):
            self.house.clock.wind(A_MINUTE)
            await self.missed.look()

    async def states(self) -> set[str]:
        return {row.state for row in await self.house.letters()}


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with a_house(database) as house:
        desk = Desk(house)
        yield desk
        await desk.delivery.cut()


async def test_what_arrived_without_a_receipt_is_known_to_have_arrived(desk: Desk) -> None:
    await desk.writes()
    desk.company.told = Receipt("", "delivered")
    await desk.passes(ASKED_AT[0] - A_MINUTE)
    assert desk.company.asked_about == [], "a receipt is mostly brought by itself"
    await desk.passes(2 * A_MINUTE)
    assert (await desk.states(), len(desk.company.asked_about)) == ({"delivered"}, 1)
    await desk.passes(timedelta(hours=4))
    assert len(desk.company.asked_about) == 1


async def test_what_failed_without_a_receipt_takes_the_next_step(desk: Desk) -> None:
    await desk.writes()
    desk.company.told = Receipt("", "failed", "phone_off")
    await desk.passes(timedelta(hours=1))
    letter = await desk.house.letter()
    assert (letter.state, letter.reason) == ("failed", "phone_off")


@pytest.mark.parametrize("told", [None, Receipt("", "buffered"), Receipt("", "never_taken")])
async def test_what_the_company_still_carries_is_asked_about_four_times_and_never_sent_again(
    desk: Desk, told: Receipt | None
) -> None:
    await desk.writes()
    desk.company.told = told
    await desk.passes(timedelta(hours=23))
    assert (await desk.states(), len(desk.company.asked_about)) == ({"accepted"}, len(ASKED_AT))


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_of_thousands_so_many_are_asked_about_in_a_minute_and_none_is_left_out(desk: Desk) -> None:
    many = IN_A_ROUND + 130
    await desk.writes_to_strangers(many)
    desk.company.told = Receipt("", "delivered")
    desk.house.clock.wind(ASKED_AT[0] + A_MINUTE)
    await desk.missed.look()
    assert len(desk.company.asked_about) == IN_A_ROUND
    await desk.passes(A_MINUTE)
    assert len(set(desk.company.asked_about)) == len(desk.company.asked_about) == many
    assert await desk.states() == {"delivered"}


async def test_a_company_that_is_away_is_asked_when_it_is_back(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    await desk.writes()
    desk.company.told, desk.company.away_now = Receipt("", "delivered"), True
    await desk.passes(ASKED_AT[0] + 5 * A_MINUTE)
    assert capsys.readouterr().out.count("receipts_not_looked_up") == 1
    desk.company.away_now = False
    await desk.passes(A_MINUTE)
    assert await desk.states() == {"delivered"}


async def test_the_program_asks_by_itself(desk: Desk, tmp_path: Path) -> None:
    await desk.writes()
    desk.company.told = Receipt("", "delivered")
    desk.house.clock.wind(timedelta(hours=2))
    doors = Doors(None, desk.company, {"sms": Sms(desk.company, "【联动】")})
    app = App(read_settings({}, tmp_path), desk.house.clock, desk.house.database, doors)
    async with app.at_work():
        await until(lambda: bool(desk.company.asked_about))
