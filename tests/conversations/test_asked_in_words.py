"""谁没收到, 通知发出去了吗, 发到哪了: plain questions are answered with the receipts. (S6)"""

from __future__ import annotations

import pytest

from tests.conversations.test_lesson import plans, sends
from tests.conversations.town import Town


@pytest.mark.parametrize("words", ["谁没收到", "还有谁没收到？", "哪些人没收到", "谁没收到通知"])
async def test_who_did_not_get_it(town: Town, words: str) -> None:
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.ticks()
    said = await town.secretary.says(words)
    assert "《工资被拖欠，怎么要回来》" in said and "没收到的 1 人：" in said
    assert "欧阳山 · 柳湾村党支部" in said and "石远" not in said


async def test_everybody_got_it(town: Town) -> None:
    await sends(town.secretary)
    await town.ticks()
    assert "都收到了" in await town.secretary.says("谁没收到")


@pytest.mark.parametrize(
    "words", ["通知发出去了吗", "发出去没有", "发到哪了？", "发完了吗", "发送进度", "课发出去了吗"]
)
async def test_how_far_it_is(town: Town, words: str) -> None:
    await sends(town.secretary)
    await town.ticks()
    said = await town.secretary.says(words)
    assert "11月2日《工资被拖欠，怎么要回来》" in said and "发出 2，送达" in said


async def test_of_a_notice(town: Town) -> None:
    await sends(town.secretary)
    await town.secretary.says("发通知 明天停水。")
    await town.secretary.presses("确认")
    await town.ticks()
    assert "通知“明天停水。”" in await town.secretary.says("通知发出去了吗")


async def test_of_a_plan_it_says_when(town: Town) -> None:
    await plans(town.secretary, "明天 19:30")
    await town.secretary.presses("确认")
    assert "还没有发，定在 11月3日 19:30" in await town.secretary.says("发出去了吗")


async def test_by_sms(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await plans(town.liaison, "现在", "手机防骗", by="sms")
    await town.liaison.says("1", by="sms")
    await town.ticks()
    await town.ticks()
    assert "没收到的1人：欧阳**" in await town.liaison.says("谁没收到", by="sms")
    assert "共2人：到了1" in await town.liaison.says("发到哪了", by="sms")


async def test_where_nothing_was_sent(town: Town) -> None:
    for words in ("谁没收到", "通知发出去了吗"):
        assert "还没有发过" in await town.secretary.says(words)


async def test_a_member_s_question_is_passed_on_as_before(town: Town) -> None:
    assert "还没有发过" not in await town.member.says("通知发出去了吗")
