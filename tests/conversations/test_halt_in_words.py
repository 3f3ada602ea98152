"""停, 别发了, 发错了: of somebody who has a campaign going out it is that which stops."""

from __future__ import annotations

import pytest

from tests.conversations.test_campaign_running import by_night, is_committed
from tests.conversations.test_lesson import SMS_LESSON, plans, sends
from tests.conversations.town import Door, Town


async def gets_lessons(town: Town, who: str) -> bool:
    return not (await town.people[who].file()).stopped


@pytest.mark.parametrize("word", ["停", "别发了", "发错了", "先停一下", "停！", "不要再发了", "通知发错了"])
async def test_what_goes_out_is_halted(town: Town, word: str) -> None:
    await by_night(town)
    said = await town.secretary.says(word)
    assert "暂停了，没发的先不发" in said and "不发了，写“取消”；接着发，写“继续”" in said
    assert await is_committed(town, "paused")
    await town.passes(hours=8)
    assert await town.old.reads("sms") == ""
    assert "正在发" in await town.secretary.says("继续")
    await town.ticks()
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1


async def test_by_sms_and_then_called_off(town: Town) -> None:
    await town.clock_of(town.old, "Europe/London")
    await plans(town.liaison, "现在", "手机防骗", by="sms")
    await town.liaison.says("1", by="sms")
    await town.ticks()
    said = await town.liaison.says("停", by="sms")
    assert "先暂停了。真要取消，请再回“取消”；接着发，回“继续”。" in said
    assert "取消了：已发1/2人，其余的不发了" in await town.liaison.says("取消", by="sms")


async def test_a_member_who_sends_still_gets_their_own_lessons(town: Town) -> None:
    await town.moves_in("both", "彭双", "+8613900000066", role="secretary")
    await town.clock_of(town.old, "Europe/London")
    await sends(town.both)
    assert "暂停了" in await town.both.says("停")
    assert await gets_lessons(town, "both")
    assert "不再给您发课" in await town.both.says("TD")
    assert not await gets_lessons(town, "both")


async def test_where_nothing_goes_out_it_is_what_it_was(town: Town) -> None:
    await town.moves_in("both", "彭双", "+8613900000066", role="secretary")
    assert "不再给您发课" in await town.both.says("停")


async def test_a_member_who_sends_nothing_stops_their_own(town: Town) -> None:
    await by_night(town)
    assert "不再给您发课" in await town.member.says("停")
    assert await is_committed(town, "running")


async def test_a_plan_is_halted_too(town: Town) -> None:
    await plans(town.secretary, "下午3点")
    await town.secretary.presses("确认")
    assert "暂停了，先不发" in await town.secretary.says("别发了")
    await town.passes(hours=15)
    assert await town.member.reads() == ""


async def test_what_was_only_shown_is_dropped(town: Town) -> None:
    await plans(town.secretary, "明天 19:30", "手机防骗")
    assert "好，不发了" in await town.secretary.says("别发了")
    await town.passes(days=2)
    assert await town.member.reads() == ""


async def test_just_sent_it_says_that_it_is_out_and_keeps_back_the_rest(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.ticks()
    said = await town.secretary.says("发错了")
    assert "已经发完了，收到的收不回来" in said and "发通知 更正" in said
    assert "取消了" in await town.secretary.presses("没收到的不再送")
    await town.passes(days=2)
    assert "转告" not in await town.liaison.reads()


async def test_where_all_have_it_nothing_is_left_to_be_kept_back(town: Town) -> None:
    await sends(town.secretary)
    await town.ticks()
    said = await town.secretary.says("发错了")
    assert "已经发完了，大家都收到了，收不回来" in said and "发通知 更正" in said
    assert not town.secretary.buttons()


async def test_just_sent_by_sms(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await plans(town.liaison, "现在", "手机防骗", by="sms")
    await town.liaison.says("1", by="sms")
    await town.ticks()
    await town.ticks()
    assert "已发完，收不回来" in await town.liaison.says("发错了", by="sms")
    assert "取消了" in await town.liaison.presses("没收到的不再送", by="sms")


async def test_of_several_it_is_asked_which(town: Town) -> None:
    await by_night(town)
    await plans(town.secretary, "现在", "手机防骗")
    await town.secretary.presses("确认")
    await town.ticks()
    assert "停哪一个" in await town.secretary.says("停")
    assert "《手机防骗四不要》暂停了" in await town.secretary.presses("手机防骗四不要")


async def test_paused_twice_it_says_so(town: Town) -> None:
    await by_night(town)
    await town.secretary.says("暂停")
    for word in ("暂停", "停"):
        said = await town.secretary.says(word)
        assert "《工资被拖欠，怎么要回来》已经暂停着，没有再发" in said


async def test_gone_on_with_twice_or_after_the_end_it_says_so(town: Town) -> None:
    await by_night(town)
    assert "《工资被拖欠，怎么要回来》正在发，不用继续" in await town.secretary.says("继续")
    await town.secretary.says("取消发送")
    await town.secretary.says("取消发送")
    assert "已经取消了，不能继续" in await town.secretary.says("继续")


async def test_gone_on_with_after_it_was_finished(town: Town) -> None:
    await sends(town.secretary)
    assert "已经发完了，没有要继续的" in await town.secretary.says("继续")
    assert "已经发完了" in await town.secretary.says("暂停")


async def test_by_sms_it_says_so_too(town: Town) -> None:
    await town.clock_of(town.old, "Europe/London")
    await plans(town.liaison, "现在", "手机防骗", by="sms")
    await town.liaison.says("1", by="sms")
    await town.ticks()
    await town.liaison.says("暂停", by="sms")
    assert "已经暂停着，没有再发" in await town.liaison.says("暂停", by="sms")
    assert "正在发：1/2人" in await town.liaison.says("继续", by="sms")
    assert "正在发，不用继续" in await town.liaison.says("继续", by="sms")


async def test_gone_on_with_past_its_hour_it_says_that_it_goes_now(town: Town) -> None:
    await plans(town.secretary, "下午3点")
    await town.secretary.presses("确认")
    await town.secretary.says("暂停")
    await town.passes(hours=8)
    assert "原定 11月2日 15:00 已经过了，现在就发" in await town.secretary.says("继续")
    await town.ticks()
    assert (await town.member.reads()).count("【工资被拖欠") == 1


async def test_gone_on_with_past_its_end_it_does_not_go_out(town: Town) -> None:
    await town.secretary.says("发祝福 中秋快乐。")
    await town.secretary.says("下午3点")
    await town.secretary.presses("确认")
    await town.secretary.says("暂停")
    await town.passes(hours=30)
    assert "已经过期了，不发了" in await town.secretary.says("继续")
    assert await is_committed(town, "cancelled")
    await town.ticks()
    assert await town.member.reads() == ""


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_beside_one_that_is_paused_it_is_the_preview_just_seen_that_does_not_go_out(
    town: Town, by: Door
) -> None:
    await town.secretary.says("发通知 周六开会", by=by)
    await town.secretary.says("明天19:30", by=by)
    await town.secretary.presses("确认", by=by)
    await town.secretary.says("暂停", by=by)
    await town.secretary.says("发通知 明晚停水", by=by)
    assert "好，不发了" in await town.secretary.says("不发了", by=by)
    await town.passes(days=2)
    assert "停水" not in await town.member.reads() + await town.old.reads("sms")
    assert "已经暂停着" in await town.secretary.says("暂停", by=by)
