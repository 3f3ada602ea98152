"""A link that fell into wrong hands lets somebody in; the roster's own number outranks whoever came by it."""

from __future__ import annotations

import pytest

from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import addresses_of, consents_of, invited

BOTH = "也同意用境外聊天软件"
NUMBER = "+8613900000011"


@pytest.fixture
async def new(town: Town) -> Speaker:
    """On the roster, with a smartphone, and not inside."""
    return await town.moves_in("new", "施望", NUMBER, joined=False, liaison="liaison")


@pytest.fixture
async def thief(town: Town, new: Speaker) -> Speaker:
    """Somebody who opened the link and agreed in the other's place."""
    thief = Speaker(town, new.id, town.world.add_phone("路人", "+8613900000099"))
    await thief.opens(await invited(town, new))
    assert "欢迎" in await thief.presses(BOTH)
    await town.liaison.reads()
    return thief


async def test_the_notice_says_half_whose_it_is(town: Town, new: Speaker) -> None:
    notice = await new.opens(await invited(town, new))
    assert "施**" in notice and "施望" not in notice


async def test_the_number_on_the_roster_hears_of_it_and_shuts_it(
    town: Town, new: Speaker, thief: Speaker
) -> None:
    told = await new.reads("sms")
    assert "不是您本人" in told and "回“不是我”" in told and "施" not in told
    assert "停掉" in await new.says("不是我", by="sms")
    assert await addresses_of(town, new) == {NUMBER: False}
    assert not (await new.file()).joined and await consents_of(town, new) == set()
    assert "施望（柳湾村党支部）" in await town.liaison.reads()
    assert "这里是联动" in await thief.says("我的资料")
    assert "同意吗" in await new.says("加入", by="sms")
    assert "登记好了" in await new.says("1", by="sms")


async def test_whoever_came_by_the_link_cannot_shut_the_one_who_shows_the_number(
    town: Town, new: Speaker, thief: Speaker
) -> None:
    await town.passes(minutes=5)
    assert "分享" in await new.says("你好")
    await new.shares_contact()
    await new.presses(BOTH)
    await thief.reads()
    assert "已告诉联系人" in await thief.presses("不是我")
    assert set(await addresses_of(town, new)) >= {NUMBER, str(new.phone.id)}
    assert "施望（柳湾村党支部）" in await town.liaison.reads()


async def test_whoever_shows_the_number_shuts_the_one_who_came_by_the_link(
    town: Town, new: Speaker, thief: Speaker
) -> None:
    await town.passes(minutes=5)
    await new.says("你好")
    await new.shares_contact()
    assert "不是我" in await new.presses(BOTH)
    assert "停掉" in await new.says("不是我")
    assert set(await addresses_of(town, new)) == {NUMBER, str(new.phone.id)}
    assert "下次" in await new.says("签到")
    assert "这里是联动" in await thief.says("我的资料")


async def test_a_number_that_is_nobody_s_any_more_is_still_let_go(town: Town, new: Speaker) -> None:
    await new.says("你好", by="sms")
    assert "不再" in await new.says("不是我", by="sms")
    assert await addresses_of(town, new) == {}
