"""不同意 is kept: nobody is asked again, and only the person can begin anew."""

from __future__ import annotations

import pytest

from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import addresses_of, consents_of, invited

NUMBER = "+8613900000011"
BOTH, SMS_ONLY, NO = "也同意用境外聊天软件", "但只用短信", "不同意"


@pytest.fixture
async def new(town: Town) -> Speaker:
    return await town.moves_in("new", "施望", NUMBER, joined=False, liaison="liaison")


async def says_no(new: Speaker) -> None:
    await new.says("你好", by="sms")
    assert "不再打扰" in await new.says("不同意", by="sms")


@pytest.mark.parametrize("word", ["签到", "你好", "1", "收到"])
async def test_the_next_word_is_not_answered_with_the_question(town: Town, new: Speaker, word: str) -> None:
    await says_no(new)
    await town.passes(days=2)
    said = await new.says(word, by="sms")
    assert "同意吗" not in said and "加入" in said
    assert not (await new.file()).joined


@pytest.mark.parametrize("word", ["加入", "我要加入", "同意"])
async def test_the_persons_own_word_begins_anew(town: Town, new: Speaker, word: str) -> None:
    await says_no(new)
    await town.passes(days=2)
    assert "同意吗" in await new.says(word, by="sms")
    assert "登记好了" in await new.says("1", by="sms")
    assert (await new.file()).joined


async def test_the_liaison_is_told_when_the_no_was_said_and_nothing_is_sent(town: Town, new: Speaker) -> None:
    await says_no(new)
    await town.passes(days=3)
    await town.liaison.says("邀请 施望")
    said = await town.liaison.presses("短信")
    assert "11月2日" in said and "不加入" in said
    assert await new.reads("sms") == ""
    link = await town.liaison.presses("链接")
    await new.opens(link.rpartition("?start=")[2].split()[0])
    assert "欢迎" in await new.presses(BOTH)


async def test_a_no_in_the_chat_keeps_the_number_from_being_written_to(town: Town, new: Speaker) -> None:
    await new.opens(await invited(town, new))
    await new.presses(NO)
    await town.liaison.says("邀请 施望", by="sms")
    assert "施**11月2日说过不加入" in await town.liaison.presses("短信", by="sms")
    assert await new.reads("sms") == ""


async def test_a_cry_for_help_is_still_heard(town: Town, new: Speaker) -> None:
    await says_no(new)
    assert "110" in await new.says("救命", by="sms")


async def test_sms_only_agrees_to_nothing_before_the_number_has_answered(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    await new.opens(code)
    assert "回复 1" in await new.presses(SMS_ONLY)
    assert await consents_of(town, new) == set()
    await new.opens(code)
    assert "今天已经" in await new.presses(SMS_ONLY)
    assert (await new.reads("sms")).count("同意吗") == 1
    assert "登记好了" in await new.says("1", by="sms")
    assert {kind for kind, _, _ in await consents_of(town, new)} == {"keeping"}


async def test_sms_only_and_a_no_by_sms_leave_nothing(town: Town, new: Speaker) -> None:
    code = await invited(town, new)
    await new.opens(code)
    await new.presses(SMS_ONLY)
    assert "不再打扰" in await new.says("2", by="sms")
    assert await consents_of(town, new) == set()
    assert await addresses_of(town, new) == {NUMBER: False}
    await new.opens(code)
    assert "欢迎" in await new.presses(BOTH)
