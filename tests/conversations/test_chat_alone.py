"""A place without an SMS gateway: nobody is promised a message that nothing can send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conversations.town import Speaker, Town, a_town
from tests.conversations.ways_in import invited


@pytest.fixture
async def chat_town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path, sms_connected=False) as town:
        yield town


@pytest.fixture
async def new(chat_town: Town) -> Speaker:
    return await chat_town.moves_in("new", "谈七", "+8613900000017", liaison="liaison", joined=False)


async def test_an_invitation_does_not_offer_sms_alone(chat_town: Town, new: Speaker) -> None:
    notice = await new.opens(await invited(chat_town, new))
    assert "境外" in notice and "只用短信" not in notice
    assert not any("只用短信" in label for label in new.buttons())
    assert "欢迎" in await new.presses("也同意用境外聊天软件")


async def test_who_invites_gets_the_link_at_once(chat_town: Town, new: Speaker) -> None:
    answer = await chat_town.secretary.says("邀请 谈七")
    assert "?start=" in answer and "短信" not in answer


async def test_who_is_inside_does_not_give_the_chat_up_for_nothing(chat_town: Town, new: Speaker) -> None:
    assert "没有接通短信" in await chat_town.member.says("只用短信")
    assert "收到" in await chat_town.member.says("签到")


async def test_a_new_number_is_not_promised_a_code(chat_town: Town) -> None:
    answer = await chat_town.member.says("换号码 13900000099")
    assert "没有接通短信" in answer and "校验码" not in answer


async def test_buttons_from_before_the_gateway_was_taken_away_say_so(chat_town: Town, new: Speaker) -> None:
    intake = chat_town.rehearsal.app.intake
    chat_house = intake.turns.house
    intake.turns.house = replace(chat_house, sms_connected=True)
    await new.opens(await invited(chat_town, new))
    await chat_town.secretary.says("邀请 谈七")
    intake.turns.house = chat_house
    assert "没有接通短信" in await chat_town.secretary.presses("发短信到登记号码")
    assert "?start=" in await chat_town.secretary.presses("给我链接和二维码")
    assert "没有给您发" in await new.presses("但只用短信")
    assert "欢迎" in await new.presses("也同意用境外聊天软件")
