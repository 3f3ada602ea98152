"""A letter that left without an answer: a receipt or the company settles it before anything is sent again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.channels.contract import OutcomeUnknown, Receipt, SendingFailed, Sent, TryLater
from bot.channels.gateways.contract import Sought, Text
from bot.channels.sms import Sms
from bot.delivery import Delivery
from bot.settling import FIRST_ASKED, SENT_AGAIN, Settling
from content.letter import Letter
from storage import outbox, post
from storage.database import Database
from storage.outbox import Destination, Kind
from tests.bot.company import Company
from tests.bot.house import Parts, a_house


class Mute(Company):
    """Takes each message and says nothing; asked about it, it says `told`, or that it cannot be asked."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Receipt | None = None
        self.sent: list[str] = []
        self.asked_about: list[str] = []
        self.cannot: SendingFailed | None = None
        self.speaks = False
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    async def send(self, text: Text) -> Sent:
        self.sent.append(text.words)
        if self.meanwhile:
            await self.meanwhile()
        if not self.speaks:
            raise OutcomeUnknown("no_answer")
        return Sent("theirs")

    async def look_up(self, sought: Sought) -> Receipt | None:
        self.asked_about.append(sought.number)
        if self.cannot:
            raise self.cannot
        return self.told


class Desk:
    """Delivery and settling with such a company."""

    def __init__(self, house: Parts) -> None:
        self.house, self.company = house, Mute()
        self.delivery = Delivery(house.database, {"sms": Sms(self.company, "【联动】")}, house.clock)
        self.settling = Settling(house.database, "sms", self.delivery, house.clock, self.company)

    async def writes(self, kind: Kind = "notice") -> None:
        async with self.house.database.writing() as tx:
            now, key = self.house.clock.now(), f"{kind}:{self.house.clock.now()}"
            assert await post.tell(tx, now, self.house.old.id, Letter("明天开会"), kind, key)
        await self.send()

    async def writes_to_strangers(self, many: int, kind: Kind = "lesson") -> None:
        async with self.house.database.writing() as tx:
            for n in range(many):
                to = Destination("sms", f"+86138{n:08}")
                await outbox.promise(tx, self.house.clock.now(), to, Letter("明天开会"), kind, f"{n}")
        await self.send()

    async def send(self) -> None:
        while await self.delivery.keep_promises("sms") or await self.delivery.bulk["sms"].keep_promises():
            await self.delivery.arrived()

    async def passes(self, time: timedelta) -> None:
        self.house.clock.wind(time)
        await self.settling.settle()
        await self.send()

    async def state(self) -> str:
        return str((await self.house.letter()).state)


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    async with a_house(database) as house:
        yield Desk(house)


async def test_the_company_is_asked_before_anything_is_sent_again(desk: Desk) -> None:
    await desk.writes()
    assert await desk.state() == "unknown"
    desk.company.told = Receipt("", "delivered")
    await desk.passes(FIRST_ASKED)
    assert await desk.state() == "delivered"
    assert desk.company.asked_about == [desk.house.old.phone.number]
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 1


async def test_what_the_company_never_took_goes_out_as_if_for_the_first_time(desk: Desk) -> None:
    await desk.writes()
    desk.company.told, desk.company.speaks = Receipt("", "never_taken"), True
    await desk.passes(FIRST_ASKED)
    letter = await desk.house.letter()
    assert (letter.state, letter.unsure, len(desk.company.sent)) == ("accepted", 0, 2)


async def test_what_the_company_still_carries_waits_for_its_receipt(desk: Desk) -> None:
    await desk.writes()
    desk.company.told = Receipt("", "buffered", provider_id="SM1")
    await desk.passes(FIRST_ASKED)
    letter = await desk.house.letter()
    assert (letter.state, letter.provider_id) == ("accepted", "SM1")
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 1


async def test_what_no_receipt_will_name_is_asked_about_until_it_has_ended(desk: Desk) -> None:
    """As of a batch whose answer was lost: the company has it under an id that we never heard."""
    await desk.writes("lesson")
    desk.company.told = Receipt("", "buffered")
    await desk.passes(FIRST_ASKED)
    await desk.passes(SENT_AGAIN)
    assert (await desk.state(), len(desk.company.sent)) == ("unknown", 1)
    desk.company.told = Receipt("", "delivered")
    await desk.passes(SENT_AGAIN)
    assert await desk.state() == "delivered"


@pytest.mark.parametrize("kind", ["lesson", "notice", "reminder"])
async def test_where_nobody_can_say_it_is_sent_once_more_and_never_a_third_time(
    desk: Desk, kind: Kind
) -> None:
    await desk.writes(kind)
    await desk.passes(FIRST_ASKED)
    assert len(desk.company.sent) == 1, "a receipt may still come"
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 2
    for _ in range(5):
        await desk.passes(SENT_AGAIN)
    letter = await desk.house.letter()
    assert (letter.state, letter.unsure, len(desk.company.sent)) == ("unknown", 1, 2)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_of_more_than_a_page_each_is_asked_about_and_none_goes_out_unasked(desk: Desk) -> None:
    """As after a company that was silent for an hour, or a program that was down for two."""
    await desk.writes_to_strangers(130)
    desk.company.told = Receipt("", "delivered")
    await desk.passes(SENT_AGAIN)
    assert len(set(desk.company.asked_about)) == len(desk.company.asked_about) == 130
    assert len(desk.company.sent) == 130, "none went out a second time"
    assert {row.state for row in await desk.house.letters()} == {"delivered"}


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_of_more_than_a_page_of_which_nobody_knows_each_goes_out_once_more(desk: Desk) -> None:
    await desk.writes_to_strangers(130)
    await desk.passes(SENT_AGAIN)
    assert (len(desk.company.asked_about), len(desk.company.sent)) == (130, 260)
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 260


async def test_while_the_company_cannot_be_asked_nothing_is_sent_again(desk: Desk) -> None:
    await desk.writes()
    desk.company.cannot = TryLater("not_connected")
    await desk.passes(SENT_AGAIN)
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 1
    desk.company.cannot, desk.company.told = None, Receipt("", "delivered")
    await desk.passes(2 * SENT_AGAIN)
    assert (await desk.state(), len(desk.company.sent)) == ("delivered", 1)


async def test_a_company_that_will_never_let_us_ask_is_one_that_cannot_be_asked(desk: Desk) -> None:
    """The account lacks the right to look messages up: waiting for it would keep the lesson for ever."""
    await desk.writes("lesson")
    desk.company.cannot = TryLater("no_right")
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 2


async def test_who_starts_anew_asks_about_all_that_was_left(desk: Desk) -> None:
    await desk.writes()
    desk.house.clock.wind(timedelta(hours=5))
    desk.company.told = Receipt("", "delivered")
    await desk.settling.settle()
    assert (await desk.state(), len(desk.company.asked_about)) == ("delivered", 1)


async def test_the_company_is_asked_less_and_less(desk: Desk) -> None:
    await desk.writes("reply")
    for _ in range(60):
        await desk.passes(timedelta(minutes=1))
    assert len(desk.company.asked_about) == 6
    assert len(desk.company.sent) == 1, "an answer that comes half an hour late helps nobody"


async def test_a_cry_for_help_is_sent_again_at_once(desk: Desk) -> None:
    await desk.writes("urgent")
    assert len(desk.company.sent) == 2, "rather double than missed"
    await desk.send()
    letter = await desk.house.letter()
    assert (letter.state, letter.unsure, len(desk.company.sent)) == ("unknown", 1, 2)


async def test_a_receipt_that_names_the_company_s_own_id_and_the_number_is_known(desk: Desk) -> None:
    desk.company.speaks = True
    await desk.writes()
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "theirs", "+8613900000999"))
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "another", desk.house.old.phone.number))
    assert await desk.state() == "accepted"
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "theirs", desk.house.old.phone.number))
    assert await desk.state() == "delivered"


@pytest.mark.parametrize("kind", ["notice", "lesson"])
async def test_of_a_letter_without_an_answer_a_receipt_under_their_own_id_tells(
    desk: Desk, kind: Kind
) -> None:
    """云MAS names what it took by its batch alone, and so does Alibaba: that name was in the lost answer."""
    await desk.writes(kind)
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "theirs", "+8613900000999"))
    assert await desk.state() == "unknown", "that was somebody else's"
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "theirs", desk.house.old.phone.number))
    assert await desk.state() == "delivered"
    await desk.passes(SENT_AGAIN)
    assert len(desk.company.sent) == 1


async def test_the_receipt_of_its_second_part_settles_no_other_letter(desk: Desk) -> None:
    part = Receipt("", "delivered", "", "theirs", desk.house.old.phone.number)
    await desk.writes("notice")
    await desk.delivery.note_receipt(part)
    await desk.writes("reminder")
    await desk.delivery.note_receipt(part)
    assert sorted(letter.state for letter in await desk.house.letters()) == ["delivered", "unknown"]


async def test_a_receipt_that_overtakes_the_answer_is_not_lost(desk: Desk) -> None:
    to = desk.house.old.phone.number

    async def before_it_answers() -> None:
        await desk.delivery.note_receipt(Receipt("", "failed", "phone_off", "theirs", to))

    desk.company.speaks, desk.company.meanwhile = True, before_it_answers
    await desk.writes()
    letter = await desk.house.letter()
    assert (letter.state, letter.reason) == ("failed", "phone_off")


async def test_where_two_letters_left_without_an_answer_no_receipt_is_given_to_either(desk: Desk) -> None:
    await desk.writes("notice")
    await desk.writes("reminder")
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "theirs", desk.house.old.phone.number))
    assert [letter.state for letter in await desk.house.letters()] == ["unknown"] * 2


async def test_a_receipt_to_a_number_has_nothing_to_do_with_a_letter_of_last_week(desk: Desk) -> None:
    await desk.writes()
    desk.house.clock.wind(timedelta(days=4))
    await desk.delivery.note_receipt(Receipt("", "delivered", "", "theirs", desk.house.old.phone.number))
    assert await desk.state() == "unknown"
