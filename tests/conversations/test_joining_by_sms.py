"""Joining with an old phone: the number on the roster answers, and until then only that is heard."""

from __future__ import annotations

import pytest

from content.words.notice import WORDING
from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import addresses_of, consents_of, contacts_of

NUMBER = "+8613900000011"


@pytest.fixture
async def new(town: Town) -> Speaker:
    return await town.moves_in("new", "欧阳施望", NUMBER, smartphone=False, joined=False, liaison="liaison")


@pytest.mark.parametrize("first", ["签到", "你好", "1", "TD以外的话", "我搬到昆山了"])
async def test_the_first_word_leads_to_the_question_and_changes_nothing(
    town: Town, new: Speaker, first: str
) -> None:
    asked = await new.says(first, by="sms")
    assert "同意吗" in asked and "欧阳" not in asked and "党" not in asked
    assert await contacts_of(town, new) == []
    assert not (await new.file()).joined


@pytest.mark.parametrize("yes", ["1", "同意", "好的", "①"])
async def test_a_yes_lets_them_in(town: Town, new: Speaker, yes: str) -> None:
    await new.says("你好", by="sms")
    welcome = await new.says(yes, by="sms")
    assert "登记好了" in welcome and "12月2日" in welcome
    assert await consents_of(town, new) == {("keeping", WORDING, "sms")}
    assert await addresses_of(town, new) == {NUMBER: True}
    assert "欧阳施望" in await town.liaison.reads()
    assert "下次" in await new.says("签到", by="sms")


@pytest.mark.parametrize("no", ["2", "不同意", "TD"])
async def test_a_no_keeps_nothing(town: Town, new: Speaker, no: str) -> None:
    await new.says("你好", by="sms")
    assert "不再打扰" in await new.says(no, by="sms")
    assert await consents_of(town, new) == set()
    assert await addresses_of(town, new) == {NUMBER: False}
    assert await town.liaison.reads() == ""


async def test_the_liaisons_invitation_is_answered_with_1(town: Town, new: Speaker) -> None:
    await town.liaison.says("邀请 欧阳施望")
    await town.liaison.presses("短信")
    assert "同意吗" in await new.reads("sms")
    assert "登记好了" in await new.says("1", by="sms")


async def test_an_answer_after_a_day_is_asked_for_again(town: Town, new: Speaker) -> None:
    await new.says("你好", by="sms")
    await town.passes(days=2)
    assert "同意吗" in await new.says("1", by="sms")
    assert "登记好了" in await new.says("1", by="sms")


async def test_a_wrong_person_at_the_number_is_asked_once_more_and_then_left_alone(
    town: Town, new: Speaker
) -> None:
    await new.says("你好", by="sms")
    assert "不再给这个号码发消息" in await new.says("不是本人", by="sms")
    assert "不再打扰" in await new.says("1", by="sms")
    assert await addresses_of(town, new) == {}
    assert "不是本人" in await town.liaison.reads()


async def test_a_cry_for_help_is_heard_before_any_consent(town: Town, new: Speaker) -> None:
    assert "110" in await new.says("救命", by="sms")
    assert "紧急求助" in await town.liaison.reads()


async def test_a_number_on_no_roster_is_told_once_a_day(town: Town) -> None:
    passer = Speaker(town, "", town.world.add_phone("路人", "+8613900000099", smartphone=False))
    assert "没有登记" in await passer.says("你好", by="sms")
    assert await passer.says("你好", by="sms") == ""
    await town.passes(days=1)
    assert "没有登记" in await passer.says("你好", by="sms")
