"""再发给没收到的人, in plain words: asked once before, and it goes to those alone. (S6)"""

from __future__ import annotations

import pytest

from tests.conversations.test_account import the_ladder_ends
from tests.conversations.test_send_again import one_is_off
from tests.conversations.town import Door, Town

SMS_LESSON = "【联动】工资要用钱发"
by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize(
    "words", ["再发给没收到的人", "再发", "没收到的再发一次", "给没收到的人再发一遍", "重发给没收到的"]
)
async def test_it_asks_once_and_goes_to_those_alone(town: Town, words: str, by: Door) -> None:
    await one_is_off(town)
    asked = await town.secretary.says(words, by=by)
    assert "再发给没收到的" in asked and "1" in asked and "对吗" in asked and "11月2日《工资被拖欠" in asked
    await town.ticks()
    assert await town.old.reads("sms") == ""
    assert "再发给 1 人" in await town.secretary.presses("再发", by=by)
    await town.ticks()
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1
    assert await town.member.reads() == ""


@by_both
async def test_a_yes_will_do_and_a_no_sends_nothing(town: Town, by: Door) -> None:
    await one_is_off(town)
    await town.secretary.says("再发给没收到的人", by=by)
    assert "没有改动" in await town.secretary.says("算了", by=by)
    await town.secretary.says("再发给没收到的人", by=by)
    assert "再发给 1 人" in await town.secretary.says("对", by=by)
    await town.ticks()
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1


async def test_one_of_several_by_a_word_of_its_title(town: Town) -> None:
    await one_is_off(town)
    town.world.switch_off(town.old.phone.id)
    await town.secretary.says("发通知 明天停水。")
    await town.secretary.presses("确认")
    await town.ticks()
    await the_ladder_ends(town)
    town.world.switch_on(town.old.phone.id)
    assert "再发哪一个" in await town.secretary.says("再发给没收到的人")
    assert "通知“明天停水。”：再发给没收到的 1 人，对吗？" in await town.secretary.says("再发 停水")
    await town.secretary.presses("再发")
    await town.ticks()
    heard = await town.old.reads("sms")
    assert "明天停水" in heard and SMS_LESSON not in heard
    assert "没找到" in await town.secretary.says("再发 台风")


@by_both
async def test_where_everybody_has_it_that_is_said(town: Town, by: Door) -> None:
    assert "没有要再发的" in await town.secretary.says("再发给没收到的人", by=by)


async def test_a_member_s_words_are_none_of_it(town: Town) -> None:
    assert "再发给" not in await town.member.says("再发")
