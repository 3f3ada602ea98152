"""One door more: those that were there before hear of it, and can shut it."""

from __future__ import annotations

import pytest

from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import addresses_of, invited

BOTH = "也同意用境外聊天软件"
NUMBER = "+8613900000003"


@pytest.fixture
def thief(town: Town) -> Speaker:
    """Somebody with another chat account, and a link that was not meant for them."""
    phone = town.world.add_phone("路人", "+8613900000099")
    return Speaker(town, town.member.id, phone)


async def gets_in(town: Town, thief: Speaker) -> None:
    await town.passes(days=2)
    await thief.opens(await invited(town, town.member))
    assert "接通了" in await thief.presses(BOTH)
    await town.settles()


async def test_every_door_that_was_there_before_is_told(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    assert "聊天账号接通了您的联动" in await town.member.reads()
    told = await town.member.reads("sms")
    assert "聊天账号接通了您的联动" in told and "回“不是我”" in told
    assert "不是我" not in await thief.reads()


async def test_not_me_in_the_chat_shuts_the_new_door(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    assert "停掉" in await town.member.presses("不是我")
    assert list(await addresses_of(town, town.member)) == [str(town.member.phone.id), NUMBER]
    assert "不是本人办的" in await town.liaison.reads()
    assert "这里是联动" in await thief.says("我的资料")
    assert "下次" in await town.member.says("签到")


@pytest.mark.parametrize("no", ["不是我", "不是我加的"])
async def test_not_me_by_sms_shuts_the_new_door(town: Town, thief: Speaker, no: str) -> None:
    await gets_in(town, thief)
    await town.member.reads("sms")
    assert "停掉" in await town.member.says(no, by="sms")
    assert str(thief.phone.id) not in await addresses_of(town, town.member)
    assert str(town.member.phone.id) in await addresses_of(town, town.member)


async def test_the_new_door_shuts_none_of_the_old(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    assert "停掉" not in await thief.says("不是我")
    assert len(await addresses_of(town, town.member)) == 3


async def test_what_the_new_door_claimed_is_void_as_well(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    await thief.says("SJ13900000021")
    await thief.says("对")
    await town.member.says("不是我", by="sms")
    assert "这里是联动" in await thief.says("123456")
    assert list(await addresses_of(town, town.member)) == [str(town.member.phone.id), NUMBER]


async def test_a_week_later_the_alarm_is_over(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    await town.member.reads()
    await town.passes(days=8)
    assert "打电话给联系人" in await town.member.presses("不是我")
    assert len(await addresses_of(town, town.member)) == 3


async def test_with_nothing_new_not_me_is_a_wrong_number(town: Town) -> None:
    assert "不再给这个号码发消息" in await town.old.says("不是我", by="sms")


async def test_one_who_shows_their_number_alarms_nobody(town: Town) -> None:
    new = await town.moves_in("new", "施望", "+8613900000011", joined=False, liaison="liaison")
    await new.says("你好")
    await new.shares_contact()
    await new.presses(BOTH)
    assert await new.reads("sms") == ""


async def test_the_roster_s_number_that_answers_later_is_told_to_the_chat(town: Town) -> None:
    new = await town.moves_in("new", "施望", "+8613900000011", joined=False, liaison="liaison")
    await new.opens(await invited(town, new))
    await new.presses(BOTH)
    await town.passes(days=1)
    assert "请确认" in await new.says("你好", by="sms")
    assert "核对好了" in await new.says("1", by="sms")
    assert "手机号接通了您的联动" in await new.reads()
    assert "已告诉联系人" in await new.presses("不是我")
    assert set(await addresses_of(town, new)) == {str(new.phone.id), "+8613900000011"}
    assert "不是本人办的" in await town.liaison.reads()


async def test_who_holds_an_office_only_shuts_it_as_well(town: Town) -> None:
    thief = Speaker(town, town.secretary.id, town.world.add_phone("路人", "+8613900000099"))
    await town.passes(days=2)
    await thief.opens(await invited(town, town.secretary))
    await thief.presses(BOTH)
    await town.settles()
    assert "停掉" in await town.secretary.presses("不是我")
    assert str(thief.phone.id) not in await addresses_of(town, town.secretary)
