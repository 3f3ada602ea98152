"""请人加入: a liaison invites those on the roster who are still outside."""

from __future__ import annotations

import re

import pytest

from storage import post, suspects
from tests.conversations.town import Door, Speaker, Town


@pytest.fixture
async def outside(town: Town) -> Speaker:
    return await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)


async def test_who_is_outside_is_listed(town: Town, outside: Speaker) -> None:
    answer = await town.liaison.says("/invite")
    assert "还有 1 人没有加入" in answer and "1. 谈七" in answer and "石远" not in answer
    assert "怎样请谈七加入" in await town.liaison.presses("1. 谈**")


async def test_everybody_inside_is_said(town: Town) -> None:
    assert "都已加入" in await town.liaison.says("/invite")


async def test_a_link_with_its_picture_opens_the_door(town: Town, outside: Speaker) -> None:
    await town.liaison.says("邀请 谈七")
    answer = await town.liaison.presses("给我链接和二维码")
    link = re.search(r"start=(\S+)", answer)
    assert link and town.liaison.last_message().picture
    assert "谈七" in await outside.opens(link[1]) or outside.buttons()


async def test_an_sms_to_the_number_on_the_roster_and_not_twice_a_day(town: Town, outside: Speaker) -> None:
    await town.liaison.says("请谈七加入")
    assert "已发短信给谈七" in await town.liaison.presses("发短信到登记号码")
    invitation = await outside.reads("sms")
    assert "回1 同意" in invitation and "谈七" not in invitation and "柳湾" not in invitation
    await town.liaison.says("请谈七加入")
    assert "今天已经给谈七发过了" in await town.liaison.presses("发短信到登记号码")
    assert await outside.reads("sms") == ""
    await outside.says("1", by="sms")
    assert (await outside.file()).joined
    assert "谈七（柳湾村党支部）已经加入" in await town.liaison.reads()


@pytest.mark.parametrize("way", ["给我链接和二维码", "发短信到登记号码"])
async def test_another_who_invited_hears_of_the_joining_once(town: Town, outside: Speaker, way: str) -> None:
    await town.secretary.says("邀请 谈七")
    link = await town.secretary.presses(way)
    if "?start=" in link:
        await outside.opens(link.rpartition("?start=")[2].split()[0])
        await outside.presses("也同意用境外聊天软件")
    else:
        await outside.says("同意", by="sms")
    assert (await town.secretary.reads()).count("谈七（柳湾村党支部）已经加入") == 1
    assert (await town.liaison.reads()).count("谈七（柳湾村党支部）已经加入") == 1


async def test_the_liaison_who_invited_hears_of_it_once(town: Town, outside: Speaker) -> None:
    await town.liaison.says("邀请 谈七")
    await town.liaison.presses("发短信到登记号码")
    await outside.says("1", by="sms")
    assert (await town.liaison.reads()).count("已经加入") == 1


async def test_who_is_inside_is_not_invited_again(town: Town) -> None:
    assert "已经加入了" in await town.liaison.says("邀请 石远")
    assert await town.member.reads() == ""


async def test_by_sms_no_link_is_made_that_nobody_could_pass_on(town: Town, outside: Speaker) -> None:
    answer = await town.liaison.says("邀请 谈七", by="sms")
    assert "请谈**加入" in answer and "链接" not in answer
    await town.liaison.presses("发短信到登记号码", by="sms")
    assert "回1 同意" in await outside.reads("sms")


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_number_that_is_somebody_else_s_by_now_is_not_written_to(
    town: Town, outside: Speaker, by: Door
) -> None:
    """The liaison called it and heard a stranger: whatever we send there a stranger reads."""
    async with town.writing() as tx:
        number = await post.number_of(tx, outside.id)
        assert number
        await suspects.said_wrong(tx, town.clock.now(), number.id)
    await town.liaison.says("邀请 谈七", by=by)
    assert "号码看来不对" in await town.liaison.presses("发短信到登记号码", by=by)
    assert await outside.reads("sms") == ""


async def test_from_the_file_of_somebody_outside(town: Town, outside: Speaker) -> None:
    await town.liaison.says("找 谈七")
    assert "怎样请谈七加入" in await town.liaison.presses("请本人加入")
