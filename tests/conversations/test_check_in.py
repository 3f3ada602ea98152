"""签到: a member says that all is well. (S8)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Town
from tests.conversations.ways_in import contacts_of, sends_without_words


@pytest.mark.parametrize("words", ["签到", "一切都好", "QD", "千到"])
@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_word_is_answered_with_the_day_of_the_next(town: Town, words: str, by: Door) -> None:
    assert "12月2日" in await town.member.says(words, by=by)
    assert [contact.kind for contact in await contacts_of(town, town.member)] == ["check_in"]


async def test_the_button_and_the_command_do_the_same(town: Town) -> None:
    assert "12月2日" in await town.member.says("/checkin")
    assert "12月2日" in await town.member.presses("签到")
    assert (await town.member.file()).last_contact_kind == "check_in"


async def test_an_old_phone_is_enough(town: Town) -> None:
    assert "12月2日" in await town.old.says("签到", by="sms")
    assert (await town.old.file()).last_contact_kind == "check_in"


@pytest.mark.parametrize("by", ["chat", "sms"])
@pytest.mark.parametrize("words", ["今天风好大", "谢谢", "1", "菜单", "字" * 3000])
async def test_any_word_is_a_contact(town: Town, words: str, by: Door) -> None:
    await town.passes(days=5)
    await town.member.says(words, by=by)
    assert (await town.member.file()).last_contact_at == town.clock.now()


@pytest.mark.parametrize("what", ["voice", "sticker", "photo"])
async def test_a_message_without_words_is_a_contact_and_asks_for_words(town: Town, what: str) -> None:
    await town.passes(days=5)
    assert "只看得懂文字" in await sends_without_words(town, town.member, what)
    assert (await town.member.file()).last_contact_at == town.clock.now()


async def test_an_empty_text_message_is_a_contact_too(town: Town) -> None:
    assert "知道您平安" in await town.old.says(" ", by="sms")
    assert [contact.kind for contact in await contacts_of(town, town.old)] == ["word"]


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_whoever_was_silent_is_in_touch_again(town: Town, by: Door) -> None:
    await town.passes(days=40)
    assert (await town.member.file()).standing(town.clock.now()) == "silent"
    await town.member.reads(by)
    await town.member.says("签到", by=by)
    after = await town.member.file()
    assert after.standing(town.clock.now()) == "fresh"
    assert after.reminded_at is None and after.reported_at is None


async def test_the_reminder_is_answered_with_its_number(town: Town) -> None:
    await town.passes(days=27)
    assert "12月2日" in await town.old.reads("sms")
    assert "12月29日" in await town.old.presses("签到", by="sms")
