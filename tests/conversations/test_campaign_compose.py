"""发通知, 发祝福, 发提醒: the sender's own words, from the first one to the plan. (S5, S24)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage import drafts
from tests.conversations.office import screen
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
WORDS = "明天上午停水，请提前备水。"


@by_both
async def test_one_line_is_enough(town: Town, by: Door) -> None:
    preview = await town.secretary.says(f"发通知 {WORDS}", by=by)
    assert "2 人" in preview or "2人" in preview
    assert "正在发出" in await town.secretary.presses("确认", by=by)
    await town.ticks()
    assert WORDS in await town.member.reads()
    assert await town.old.reads("sms") == f"【联动】{WORDS}"


@by_both
async def test_the_words_are_asked_for_and_taken_as_they_are(town: Town, by: Door) -> None:
    assert "通知写什么" in await town.secretary.says("发通知", by=by)
    await town.secretary.says("我到昆山了，失联的请签到！发课时间另行通知。", by=by)
    await town.secretary.presses("确认", by=by)
    await town.ticks()
    assert "我到昆山了，失联的请签到！发课时间另行通知。" in await town.member.reads()


@pytest.mark.parametrize(
    "order", ["发祝福 中秋快乐，阖家团圆。", "发慰问 天冷了，注意保暖。", "发提醒 请月底前交党费。"]
)
async def test_each_kind_goes_out(town: Town, order: str) -> None:
    await town.liaison.says(order)
    await town.liaison.presses("确认")
    await town.ticks()
    assert order.split(" ", 1)[1] in await town.old.reads("sms")


async def test_a_button_for_one_member_stays_what_it_was(town: Town) -> None:
    await town.secretary.says("找 石远")
    assert "没有发" in await town.secretary.says("发提醒")


async def test_ten_thousand_signs_are_refused_clearly_and_the_desk_stays(town: Town) -> None:
    await town.secretary.says("发通知")
    told = await town.secretary.says("停水" * 5000)
    assert "太长了" in told and "最多 600 字，没有存" in told and "读不完" not in told
    assert "太长了：800 字" in await town.secretary.says("停水" * 400)
    assert "发给 2 人" in await town.secretary.says("明天停水")


async def test_too_long_by_sms(town: Town) -> None:
    await town.secretary.says("发通知", by="sms")
    assert "太长了：800字，最多600字，没有存" in await town.secretary.says("停水" * 400, by="sms")
    assert "发给2人" in await town.secretary.says("明天停水", by="sms")


async def test_too_long_in_one_line(town: Town) -> None:
    assert "最多 600 字" in await town.secretary.says("发通知 " + "停水" * 5000)


async def test_a_restart_loses_nothing(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.says("只发石远")
    await town.secretary.says("谁失联了")
    town.clock.wind(timedelta(days=3))
    assert "通知：明天上午停水" in "".join([await town.secretary.says("草稿"), *town.secretary.buttons()])
    await town.secretary.presses("通知：")
    assert WORDS in screen(town.secretary) and "对象：石远" in screen(town.secretary)
    await town.secretary.presses("确认")
    await town.ticks()
    assert WORDS in await town.member.reads()
    assert await town.old.reads("sms") == ""


async def test_nothing_begun_is_said_so(town: Town) -> None:
    for words in ("草稿", "只发石远", "试发", "不发给石远"):
        assert "没有在写的" in await town.secretary.says(words)


async def test_what_is_dropped_stays_in(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    assert "不发了" in await town.secretary.presses("取消")
    await town.passes(days=1)
    assert await town.member.reads() == ""
    assert "没有在写的" in await town.secretary.says("草稿")


async def test_taking_it_back_before_the_words(town: Town) -> None:
    await town.secretary.says("发通知")
    assert "没有改动" in await town.secretary.says("算了")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_other_words(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.presses("改文字")
    await town.secretary.says("后天停水。")
    await town.secretary.presses("确认")
    await town.ticks()
    assert await town.old.reads("sms") == "【联动】后天停水。"


async def test_english_for_those_who_read_it(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    assert not any("英文" in label for label in town.secretary.buttons())
    await town.member.says("english")
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.presses("写英文版")
    await town.secretary.says("No water tomorrow morning, please store some.")
    assert "英文：No water" in screen(town.secretary)
    await town.secretary.presses("确认")
    await town.ticks()
    assert "No water tomorrow morning" in await town.member.reads()
    assert WORDS in await town.old.reads("sms")


async def test_english_in_words(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    assert "英文：No water tomorrow." in await town.secretary.says("英文：No water tomorrow.")


@by_both
async def test_at_a_time(town: Town, by: Door) -> None:
    await town.secretary.says(f"发通知 {WORDS}", by=by)
    preview = await town.secretary.says("明天 19:30", by=by)
    assert "11月3日 19:30" in preview
    assert "排好了：11月3日 19:30" in await town.secretary.presses("确认", by=by) or by == "sms"
    await town.passes(hours=33)
    assert await town.member.reads() == ""
    await town.passes(hours=1)
    assert WORDS in await town.member.reads()


async def test_at_night_each_gets_it_in_the_morning(town: Town) -> None:
    town.clock.wind(timedelta(hours=12))
    preview = await town.secretary.says(f"发通知 {WORDS}")
    assert "那时有 2 人在休息，等到 11月3日 08:00 再发给他们。" in preview
    await town.secretary.presses("确认")
    await town.ticks()
    assert await town.old.reads("sms") == ""
    await town.passes(hours=11)
    assert WORDS in await town.old.reads("sms")


async def test_whoever_means_the_night_gets_it_at_once(town: Town) -> None:
    town.clock.wind(timedelta(hours=12))
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.presses("改时间")
    assert "会吵醒人" in await town.secretary.presses("现在就发")
    assert "夜里也发" in await town.secretary.presses("照样发")
    await town.secretary.presses("确认")
    await town.ticks()
    assert WORDS in await town.old.reads("sms")


async def test_a_greeting_is_over_with_its_day(town: Town) -> None:
    town.clock.wind(timedelta(hours=12))
    preview = await town.secretary.says("发祝福 重阳快乐。")
    assert "有效到 11月2日 24:00，过时不发。" in preview and "其中 2 人能收的时候已经过期" in preview
    assert "过期" not in await town.secretary.says("不过期")
    assert "有效到 11月5日 24:00" in await town.secretary.says("有效到 11月5日")


async def test_pressed_twice_goes_out_once(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    preview = town.secretary.last_message()
    for _ in range(2):
        town.world.press(town.secretary.phone.id, preview.id)
    await town.secretary.reads()
    await town.ticks()
    assert (await town.member.reads()).count(WORDS) == 1


async def test_what_was_changed_since_is_shown_again_before_it_goes(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    old = town.secretary.last_message()
    await town.secretary.says("只发石远")
    town.world.press(town.secretary.phone.id, old.id)
    assert "后来改过，还没有发" in await town.secretary.reads()
    await town.ticks()
    assert await town.member.reads() == "" and await town.old.reads("sms") == ""


async def test_a_member_is_not_let_in(town: Town) -> None:
    assert "这是联系人和书记用的" in await town.member.says("发通知 明天停水")
    async with town.writing() as tx:
        assert not await drafts.unfinished(tx, town.member.id)


async def test_whoever_got_it_says_so(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.presses("确认")
    await town.ticks()
    await town.member.reads()
    assert "记下您收到了" in await town.member.presses("收到")
    assert "记下您收到了" in await town.old.says("收到", by="sms")
    assert "好的，有事随时写给我" in await town.old.says("谢谢", by="sms")
    assert "已读 2" in await town.secretary.presses("看回执")


async def test_a_thanks_after_no_notice_is_thanked_for(town: Town) -> None:
    assert "记下" not in await town.old.says("收到", by="sms")


@by_both
async def test_in_english(town: Town, by: Door) -> None:
    await town.secretary.says("english", by=by)
    await town.moves_in(
        "above", "Lin", "+8613900000018", on_roster=False, unit=town.committee, role="committee"
    )
    await town.above.says("english")
    assert "2" in await town.secretary.says("/notice See www.example.cn now", by=by)
    if by == "chat":
        for button in (
            "Change whom",
            "By branch",
            "Done",
            "By place",
            "Done",
            "By trade",
            "Done",
            "By status",
        ):
            await town.secretary.presses(button)
        for button in (
            "Done",
            "Pick people",
            "preview",
            "See the list",
            "preview",
            "Try it",
            "Change the time",
        ):
            await town.secretary.presses(button)
        await town.secretary.presses("Send now")
    await town.secretary.says("only 石远", by=by)
    await town.secretary.says("without 欧阳山", by=by)
    assert "try" in (await town.secretary.says("try 石远", by=by)).lower()
    await town.secretary.says("drafts", by=by)
    await town.secretary.presses("Notice", by=by)
    await town.secretary.presses("Confirm", by=by)
    assert "asks you to look" in await town.above.reads()
    await town.above.presses("Send it back")
    await town.above.says("Not like this")
    assert "sent it back" in await town.secretary.reads()
