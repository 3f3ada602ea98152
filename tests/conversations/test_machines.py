"""A phone that answers by itself: the two machines fall silent, and whoever is behind it is still heard."""

from __future__ import annotations

import pytest

from tests.conversations.office import heard
from tests.conversations.town import Town
from tests.conversations.ways_in import contacts_of

AUTOMATIC = "我正在开车，稍后给您回电话。"


async def answers_to(town: Town) -> int:
    await town.settles()
    return sum(m.from_program for m in town.world.sms(town.old.phone.id))


async def test_an_automatic_reply_is_answered_once(town: Town) -> None:
    for _ in range(6):
        await town.old.says(AUTOMATIC, by="sms")
    assert await answers_to(town) == 1


async def test_words_that_change_each_time_are_answered_only_so_often(town: Town) -> None:
    for n in range(25):
        await town.old.says(f"您的流水号{n}，本号码不接收短信", by="sms")
    assert await answers_to(town) == 21
    said = [m.body for m in town.world.sms(town.old.phone.id) if m.from_program]
    assert ["停一小时" in body for body in said] == [False] * 20 + [True]


async def test_after_that_a_cry_for_help_still_gets_through_and_a_check_in_counts(town: Town) -> None:
    for n in range(22):
        await town.old.says(f"您的流水号{n}，本号码不接收短信", by="sms")
    await town.liaison.reads()
    await town.old.says("救命", by="sms")
    assert "紧急求助" in await town.liaison.reads()
    assert "知道您平安" in await town.old.says("QD", by="sms")
    assert (await town.old.file()).last_contact_kind == "check_in"
    await town.passes(hours=1, minutes=1)
    assert "知道您平安" in await town.old.says("QD", by="sms")


async def has_written(town: Town, times: int) -> None:
    """So many messages within the hour, whose answers cost as many."""
    for n in range(times):
        await town.old.says(f"您的流水号{n}，本号码不接收短信", by="sms")


async def test_after_that_a_person_is_still_served(town: Town) -> None:
    await has_written(town, 22)
    assert "对吗" in await town.old.says("DZ苏州昆山", by="sms")
    assert "记下了" in await town.old.says("1", by="sms")
    assert (await town.old.file()).place_code == "320583"
    assert "不再发" in await town.old.says("TD", by="sms")


async def test_a_person_too_is_answered_only_so_often_but_what_they_want_is_done(town: Town) -> None:
    for _ in range(40):
        assert await town.old.says("QD", by="sms")
    assert await town.old.says("TD", by="sms") == ""
    assert (await town.old.file()).stopped
    for _ in range(10):
        assert "110" in await town.old.says("救命", by="sms")
    await town.liaison.reads()
    assert await town.old.says("救命", by="sms") == ""
    assert "紧急求助" in await town.liaison.reads()


@pytest.mark.parametrize("words", ["QD", "我搬到昆山了", "工资拖了两个月", "菜单"])
async def test_an_honest_repeat_is_answered_each_time(town: Town, words: str) -> None:
    first = await town.old.says(words, by="sms")
    assert first and await town.old.says(words, by="sms")


async def test_what_was_said_ten_minutes_ago_is_answered_again(town: Town) -> None:
    await town.old.says(AUTOMATIC, by="sms")
    await town.passes(minutes=11)
    assert "没看懂" in await town.old.says(AUTOMATIC, by="sms")


async def test_an_automatic_reply_that_repeats_is_no_contact(town: Town) -> None:
    await heard(town, town.old, 20)
    await town.old.says(AUTOMATIC, by="sms")
    first = (await town.old.file()).last_contact_at
    for _ in range(4):
        await town.passes(minutes=40)
        await town.old.says(AUTOMATIC, by="sms")
    assert (await town.old.file()).last_contact_at == first
    assert len(await contacts_of(town, town.old)) == 1


async def test_in_the_chat_nobody_is_taken_for_a_machine(town: Town) -> None:
    for _ in range(3):
        assert "没看懂" in await town.member.says(AUTOMATIC)


AWAY = "您好，我现在不方便接听电话，稍后与您联系。"


async def test_a_phone_that_answers_each_reminder_by_itself_hides_nobody(town: Town) -> None:
    """An automatic reply to every text of ours would be a sign of life for ever."""
    await town.passes(hours=23)
    for _ in range(75):
        await town.passes(days=1)
        if await town.old.reads("sms"):
            said = await town.old.says(AWAY, by="sms")
    assert "自动回复" in said and "回QD" in said
    assert "欧阳山" in await town.liaison.reads()


async def test_whoever_writes_the_same_words_of_their_own_accord_is_heard(town: Town) -> None:
    for _ in range(3):
        await town.passes(days=20)
        await town.old.says("今天收工早，大家放心", by="sms")
        assert (await town.old.file()).last_contact_kind == "word"
    assert "欧阳山" not in await town.liaison.reads()
