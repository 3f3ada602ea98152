"""不是本人: a number that went to somebody else is let go, and its new owner is told nothing."""

from __future__ import annotations

import pytest

from tests.conversations.town import Town
from tests.conversations.ways_in import addresses_of, contacts_of


@pytest.mark.parametrize("yes", ["1", "对", "是的"])
async def test_asked_once_more_then_the_number_is_unbound(town: Town, yes: str) -> None:
    said = await town.old.says("你打错了，我不是本人", by="sms")
    assert "对吗" in said
    assert len(await addresses_of(town, town.old)) == 1
    said += await town.old.says(yes, by="sms")
    assert "不再打扰" in said
    for told in ("欧阳", "柳湾", "党", "支部"):
        assert told not in said
    assert await addresses_of(town, town.old) == {}
    told_to_liaison = await town.liaison.reads()
    assert "欧阳山" in told_to_liaison and "139****0004" in told_to_liaison
    assert await contacts_of(town, town.old) == []


async def test_a_slip_of_the_finger_costs_nothing(town: Town) -> None:
    await town.old.says("不是本人", by="sms")
    assert "没有改动" in await town.old.presses("不对", by="sms")
    assert "下次" in await town.old.says("签到", by="sms")
    assert await town.liaison.reads() == ""


async def test_afterwards_the_stranger_is_a_stranger(town: Town) -> None:
    await town.old.says("不是本人", by="sms")
    await town.old.says("1", by="sms")
    assert "没有登记" in await town.old.says("我的资料", by="sms")
    await town.passes(days=45)
    assert await town.old.reads("sms") == ""


async def test_the_liaison_who_invites_is_told_that_no_number_is_left(town: Town) -> None:
    new = await town.moves_in(
        "new", "谈七", "+8613900000017", smartphone=False, joined=False, liaison="liaison"
    )
    await new.says("不是本人", by="sms")
    await new.says("1", by="sms")
    await town.liaison.reads()
    await town.liaison.says("邀请 谈七")
    assert "没有登记能收短信的手机号" in await town.liaison.presses("短信")
    assert await new.reads("sms") == ""


async def test_in_the_chat_only_the_chat_is_let_go(town: Town) -> None:
    await town.member.says("不是本人")
    await town.member.presses("对")
    assert await addresses_of(town, town.member) == {"+8613900000003": True}
    assert "下次" in await town.member.says("签到", by="sms")
