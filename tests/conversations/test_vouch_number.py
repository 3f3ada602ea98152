"""改手机号: no old door is left; the liaison knows the voice, and the new number answers. (S7)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Speaker, Town
from tests.conversations.ways_in import addresses_of, history_of

NEW, OLD = "+8613900000021", "+8613900000004"


@pytest.fixture
def new_phone(town: Town) -> Speaker:
    """The new SIM card of somebody who had only an old phone, and lost it."""
    return Speaker(town, town.old.id, town.world.add_phone("欧阳山", NEW, smartphone=False))


async def vouches(town: Town, by: Door = "chat") -> str:
    await town.liaison.says("找 欧阳山", by=by)
    assert "新手机" in await town.liaison.presses("改手机号", by=by)
    assert "本人" in await town.liaison.says("13900000021", by=by)
    return await town.liaison.presses("是本人", by=by)


async def test_a_number_nobody_knows_is_told_to_call(town: Town, new_phone: Speaker) -> None:
    said = await new_phone.says("我是欧阳山，换号了", by="sms")
    assert "打电话给" in said and "欧阳" not in said
    assert NEW not in await addresses_of(town, town.old)


@pytest.mark.parametrize("by", ["chat", "sms"])
@pytest.mark.parametrize("yes", ["1", "是", "是我的"])
async def test_the_liaison_vouches_and_the_number_answers(
    town: Town, new_phone: Speaker, by: Door, yes: str
) -> None:
    await new_phone.says("我换号了", by="sms")
    assert "回 1" in await vouches(town, by) or by == "sms"
    asked = await new_phone.reads("sms")
    assert "回1 是我的号码" in asked and "欧阳" not in asked and "党" not in asked
    assert "手机号换成139****0021" in await town.old.reads("sms")
    assert NEW not in await addresses_of(town, town.old)
    assert "核对好了" in await new_phone.says("1" if yes == "是我的" else yes, by="sms")
    assert await addresses_of(town, town.old) == {NEW: True}
    assert [(c.old, c.new) for c in await history_of(town, town.old)] == [(OLD, NEW)]
    assert "换了手机号，已核对" in await town.liaison.reads()
    assert "已换成139****0021" in await town.old.reads("sms")
    assert "下次" in await new_phone.says("签到", by="sms")


async def test_the_number_says_no_and_the_liaison_hears_of_it(town: Town, new_phone: Speaker) -> None:
    await vouches(town)
    assert "不再打扰" in await new_phone.says("2", by="sms")
    assert "不是本人" in await town.liaison.reads()
    assert await addresses_of(town, town.old) == {OLD: True}


async def test_the_old_phone_is_not_lost_and_says_no(town: Town, new_phone: Speaker) -> None:
    await vouches(town)
    await town.old.reads("sms")
    assert "停掉" in await town.old.says("不是我", by="sms")
    assert "不是本人办的" in await town.liaison.reads()
    assert "核对好了" not in await new_phone.says("1", by="sms")
    assert await addresses_of(town, town.old) == {OLD: True}


async def test_nobody_vouches_for_their_own_number(town: Town, new_phone: Speaker) -> None:
    officer = await town.moves_in("both", "简助", "+8613900000013", role="liaison")
    await officer.says("找 简助")
    await officer.presses("改手机号")
    await officer.says("13900000021")
    await officer.says("对")
    assert "校验码" in await new_phone.reads("sms")


async def test_a_number_of_somebody_else_is_refused(town: Town) -> None:
    await town.liaison.says("找 欧阳山")
    await town.liaison.presses("改手机号")
    await town.liaison.says("13900000003")
    assert "只能登记一个人" in await town.liaison.presses("是本人")
    assert await town.member.reads("sms") == ""


@pytest.mark.parametrize("by", ["chat", "sms"])
@pytest.mark.parametrize("words", ["改手机号", "换手机号"])
async def test_outside_a_file_it_says_how_to_open_one(town: Town, words: str, by: Door) -> None:
    assert "找 姓名" in await town.liaison.says(words, by=by)
