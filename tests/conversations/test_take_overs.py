"""Ways in which somebody near tried to become somebody else, and what stands against each."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.bot_api import wire
from storage import addresses, offices
from tests.conversations.town import Speaker, Town
from tests.conversations.ways_in import addresses_of, invited

BOTH = "也同意用境外聊天软件"
NUMBER = "+8613900000003"


@pytest.fixture
def thief(town: Town) -> Speaker:
    """Somebody with another chat account, who will be taken for the member."""
    return Speaker(town, town.member.id, town.world.add_phone("路人", "+8613900000099"))


async def gets_in(town: Town, thief: Speaker) -> None:
    await town.passes(days=2)
    await thief.opens(await invited(town, town.member))
    assert "接通了" in await thief.presses(BOTH)
    await town.settles()


async def test_a_shared_contact_makes_no_old_number_younger(town: Town) -> None:
    """The chat company says that a second account has the member's number."""
    await town.passes(days=2)
    twin = Speaker(town, town.member.id, town.world.add_phone("路人", NUMBER[:-1] + "8"))
    await twin.says("你好")
    async with town.writing() as tx:
        (before,) = [a for a in await addresses.of_person(tx, town.member.id) if a.channel == "sms"]
    await shares(town, twin, NUMBER)
    await twin.presses(BOTH)
    await town.settles()
    async with town.writing() as tx:
        (after,) = [a for a in await addresses.of_person(tx, town.member.id) if a.channel == "sms"]
    assert after.verified_at == before.verified_at
    assert "停掉" in await town.member.says("不是我", by="sms")
    assert set(await addresses_of(town, town.member)) == {str(town.member.phone.id), NUMBER}


async def shares(town: Town, who: Speaker, number: str) -> None:
    """Their own card, with a number that the chat company vouches for."""
    message = town.world.telegram.put(town.world.private_chat(who.phone.id), who.phone.id)
    sent: dict[str, Any] = wire.message(town.world.telegram, message)
    sent.pop("text", None)
    card = {"phone_number": number, "first_name": "x", "user_id": who.phone.id}
    town.world.telegram.updates.add("message", {**sent, "contact": card})
    await who.reads()


async def test_the_replaced_number_shuts_the_chat_as_well(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    new = town.world.add_phone("路人", "+8613900000021", smartphone=False)
    await thief.says("SJ13900000021")
    await thief.presses("对")
    code = "".join(c for c in town.world.sms(new.id)[-1].body if c.isdigit())[:6]
    assert "核对好了" in await thief.says(code)
    await town.member.reads("sms")
    assert "已换回" in await town.member.says("不是我", by="sms")
    assert str(thief.phone.id) not in await addresses_of(town, town.member)
    assert "这里是联动" in await thief.says("我的资料")


async def test_leaving_at_one_door_is_told_at_the_others(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    await town.member.reads()
    await town.member.reads("sms")
    await thief.says("退出")
    await thief.presses("退出")
    for door in ("chat", "sms"):
        assert "不是您办的" in await town.member.reads("chat" if door == "chat" else "sms")
    assert "同意吗" in await town.member.says("加入", by="sms")


async def test_giving_up_the_chat_is_told_in_the_chat(town: Town, thief: Speaker) -> None:
    await gets_in(town, thief)
    await town.member.reads()
    await thief.says("不用聊天了，只用短信")
    await thief.presses("对")
    assert "不是您办的" in await town.member.reads("chat")
    assert "不是您办的" in await town.member.reads("sms")


async def test_a_liaison_lets_no_superior_in(town: Town) -> None:
    boss = await town.moves_in("above", "温如玉", "+8613900000081", liaison="liaison", joined=False)
    async with town.writing() as tx:
        await offices.grant(tx, town.clock.now(), boss.id, "secretary", town.branch)
    assert "上一级" in await town.liaison.says("邀请 温如玉")


async def test_a_liaison_vouches_for_no_superior(town: Town) -> None:
    boss = await town.moves_in("above", "温如玉", "+8613900000081", liaison="liaison")
    async with town.writing() as tx:
        await offices.grant(tx, town.clock.now(), boss.id, "secretary", town.branch)
    await town.liaison.says("找 温如玉")
    assert "上一级" in await town.liaison.presses("改手机号")


async def test_whoever_stands_above_lets_a_secretary_in(town: Town) -> None:
    committee = await town.moves_in(
        "committee_member", "党委员", "+8613900000082", on_roster=False, role="committee", unit=town.committee
    )
    boss = await town.moves_in("above", "温如玉", "+8613900000081", joined=False)
    async with town.writing() as tx:
        await offices.grant(tx, town.clock.now(), boss.id, "secretary", town.branch)
    assert "上一级" not in await committee.says("邀请 温如玉")


async def test_an_answer_speaks_for_no_other_file(town: Town) -> None:
    """The liaison vouched for a number; before it answered, a roster gave it to somebody else."""
    await town.liaison.says("找 欧阳山")
    await town.liaison.presses("改手机号")
    await town.liaison.says("13900000083")
    await town.liaison.presses("是本人")
    other = await town.moves_in(
        "other", "项他", "+8613900000083", smartphone=False, joined=False, liaison="liaison"
    )
    await town.liaison.reads()
    assert "登记不了" in await other.says("1", by="sms")
    assert await addresses_of(town, other) == {"+8613900000083": False}
    assert await town.liaison.reads() == ""
