"""Those in charge hear that the program is in trouble, once and by a way that works, and when it is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.alarm import Alarm
from bot.channels.contract import MessageRefused, OutcomeUnknown, Receipt, TryLater
from bot.delivery import Delivery
from bot.hearing import Hearing
from bot.in_charge import InCharge, Way
from content.letter import Letter
from content.words.catalogue import tongue
from storage import addresses, offices, units
from storage.database import Database
from storage.trial import try_to_write
from tests.bot.house import Parts, a_house
from tests.reliability.branch import Resident


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


@dataclass
class Watch:
    house: Parts
    alarm: Alarm

    async def looks(self, after: float = 10) -> None:
        """Once more, so many seconds later."""
        self.house.clock.wind(timedelta(seconds=after))
        await self.alarm.look()

    def heard(self, who: Resident) -> tuple[int, int]:
        """How many in the chat, how many by SMS."""
        chat = self.house.chat_to(who) if who.phone.smartphone else []
        return len(chat), len(self.house.sms_to(who))


def watch(house: Parts, *also: Way, hearing: Hearing | None = None, by_polling: bool = False) -> Watch:
    in_charge = InCharge(house.database, house.channels, house.clock, also)
    zone = "Asia/Shanghai"
    return Watch(
        house, Alarm(house.database, in_charge, house.clock, tongue("zh"), zone, hearing, by_polling)
    )


async def made_admin(house: Parts, who: Resident) -> None:
    async with house.database.writing() as tx:
        [committee] = [unit for unit in await units.everyone(tx) if unit.kind == "committee"]
        await offices.grant(tx, house.clock.now(), who.id, "admin", committee)


async def test_it_is_told_in_the_chat_once_and_once_more_when_it_is_over(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    await seen.looks()
    for _ in range(30):
        seen.alarm.sending_ended("sms", TryLater("no_money:51"))
        await seen.looks()
    assert seen.heard(house.smart) == (1, 0)
    assert house.chat_to(house.smart)[0].startswith("⚠ 短信平台余额不足")
    assert [(one["part"], one["what"], one["told"]) for one in seen.alarm.told()] == [("sms", "no_money", 1)]

    seen.alarm.sending_ended("sms", None)
    await seen.looks(30)
    assert seen.heard(house.smart) == (1, 0), "it may fail again the next moment"
    await seen.looks(40)
    assert house.chat_to(house.smart)[1].startswith("✓ 已经恢复（10:00 到 10:05）")
    await seen.looks(600)
    assert seen.heard(house.smart) == (2, 0)
    assert seen.alarm.told() == []


async def test_of_a_code_that_we_do_not_know_it_is_told_at_once_which_it_is(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    seen.alarm.sending_ended("sms", TryLater("code_unknown:IllegalSomething"))
    await seen.looks()
    assert "IllegalSomething" in house.chat_to(house.smart)[0]
    assert [(one["what"], one["code"]) for one in seen.alarm.told()] == [("code_unknown", "IllegalSomething")]
    seen.alarm.sending_ended("sms", None)
    await seen.looks(70)
    assert "IllegalSomething" in house.chat_to(house.smart)[1]


async def test_what_passes_by_itself_is_told_to_nobody(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    for failure in (TryLater("not_connected"), OutcomeUnknown("no_answer"), TryLater("too_many"), None):
        seen.alarm.sending_ended("sms", failure)
        await seen.looks(60)
    seen.alarm.sending_ended("sms", MessageRefused("too_long"))
    seen.alarm.database_failed("held")
    await seen.looks()
    await seen.looks(120)
    assert seen.heard(house.smart) == (0, 0)


async def test_a_gateway_out_of_reach_for_minutes_is_told_and_one_silence_is_not(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    seen.alarm.sending_ended("sms", OutcomeUnknown("no_answer"))
    await seen.looks(3600)
    assert seen.heard(house.smart) == (0, 0), "nothing was tried since"
    seen.alarm.sending_ended("sms", TryLater("not_connected"))
    await seen.looks()
    assert house.chat_to(house.smart)[0].startswith("⚠ 短信网关连不上")


async def test_a_disk_with_room_for_every_second_message_is_one_incident(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    for _ in range(40):
        # The trial of each look succeeds.
        seen.alarm.database_failed("full")
        await seen.looks(9)
    assert seen.heard(house.smart) == (1, 0)
    await seen.looks(90)
    assert seen.heard(house.smart) == (2, 0)


async def test_whose_chat_is_shut_hears_it_by_sms_and_so_does_everybody_when_the_chat_is_in_trouble(
    house: Parts,
) -> None:
    await made_admin(house, house.smart)
    house.world.block(house.smart.phone.id)
    seen = watch(house)
    seen.alarm.sending_ended("sms", TryLater("gateway_login"))
    await seen.looks()
    assert seen.heard(house.smart) == (0, 0), "the one way left is the one in trouble"
    for _ in range(40):
        seen.alarm.sending_ended("telegram", TryLater("not_connected"))
        await seen.looks()
    assert seen.heard(house.smart) == (0, 1)
    assert house.sms_to(house.smart)[0].startswith("【联动】连不上聊天服务器，短信照常")


async def test_a_new_administrator_hears_of_what_still_is_wrong(house: Parts) -> None:
    await made_admin(house, house.old)
    seen = watch(house)
    seen.alarm.sending_ended("sms", TryLater("gateway_login"))
    await seen.looks(120)
    assert seen.heard(house.old) == (0, 0), "there is no other way to them"
    await made_admin(house, house.smart)
    await seen.looks(700)
    assert (seen.heard(house.old), seen.heard(house.smart)) == ((0, 0), (1, 0))


async def test_those_of_the_settings_hear_it_too_where_nobody_is_administrator(house: Parts) -> None:
    seen = watch(house, Way("sms", house.old.phone.number), Way("telegram", str(house.smart.phone.id)))
    for _ in range(3):
        seen.alarm.database_failed("full")
        await seen.looks()
    assert (seen.heard(house.old), seen.heard(house.smart)) == ((0, 1), (1, 0))


async def test_an_administrator_who_is_in_the_settings_as_well_hears_it_once(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house, Way("sms", house.smart.phone.number))
    for _ in range(3):
        seen.alarm.database_failed("full")
        await seen.looks()
    assert seen.heard(house.smart) == (1, 0)


async def test_telegram_that_is_polled_tells_by_itself_when_it_is_lost_and_back(house: Parts) -> None:
    await made_admin(house, house.smart)
    ears = Hearing(house.clock)
    seen = watch(house, hearing=ears, by_polling=True)
    ears.lost("not_connected", "", 3)
    await seen.looks()
    await seen.looks(240)
    assert seen.heard(house.smart) == (0, 0)
    await seen.looks(60)
    assert seen.heard(house.smart) == (0, 1)
    ears.regained()
    await seen.looks()
    await seen.looks(60)
    assert seen.heard(house.smart) == (1, 1), "the chat works again, and is the better way"


async def test_the_trial_leaves_no_row_behind(house: Parts) -> None:
    async with house.database.writing() as tx:
        await try_to_write(tx, house.clock.now())
    async with house.database.reading() as tx:
        rows = await tx.conn.exec_driver_sql("SELECT count(*) FROM occurrences")
        assert rows.scalar_one() == 0
        assert await addresses.of_person(tx, house.old.id)


async def test_what_receipts_alone_tell_of_the_account_rings_once_and_ends_with_one_that_arrived(
    house: Parts,
) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    delivery = Delivery(house.database, house.channels, house.clock, receipt_came=seen.alarm.receipt_came)
    await house.promise(house.old, Letter(chat="明天停水"))
    letter = await house.letter()
    for _ in range(5):
        await delivery.note_receipt(Receipt(letter.id, "failed", "signature_wrong:E:1"))
        seen.alarm.sending_ended("sms", None)
        await seen.looks(100)
    assert seen.heard(house.smart) == (1, 0), "the company takes the next one all the same"
    assert house.chat_to(house.smart)[0].startswith("⚠ 短信签名没有报备")
    await delivery.note_receipt(Receipt(letter.id, "failed", "no_such_number"))
    await seen.looks(100)
    assert seen.heard(house.smart) == (1, 0)
    await delivery.note_receipt(Receipt(letter.id, "delivered"))
    await seen.looks(30)
    await seen.looks(40)
    assert house.chat_to(house.smart)[1].startswith("✓ 已经恢复")
    await delivery.cut()


async def test_a_receipt_for_nothing_of_ours_rings_nothing(house: Parts) -> None:
    await made_admin(house, house.smart)
    seen = watch(house)
    delivery = Delivery(house.database, house.channels, house.clock, receipt_came=seen.alarm.receipt_came)
    await delivery.note_receipt(Receipt("", "failed", "no_money", provider_id="unheard of"))
    await seen.looks()
    assert seen.heard(house.smart) == (0, 0)
    await delivery.cut()
