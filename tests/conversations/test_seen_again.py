"""After words that changed nothing no yes sends the old order: it is shown again first. (S5, S24)"""

from __future__ import annotations

import pytest

from tests.conversations.town import Door, Speaker, Town
from tests.conversations.ways_in import sends_without_words

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
NOTICE = "发通知 明天停水。"
# The first: a correction that finds nobody. The others: nothing that a program can read.
CHANGED_NOTHING = ["只发给老王", "不发给老王", "就发给老王吧", "阿巴阿巴", "你再想想"]


async def nothing_went_out(town: Town) -> bool:
    await town.ticks()
    return await town.member.reads() == "" and await town.old.reads("sms") == ""


def is_preview(told: str) -> bool:
    return "发给 2 人" in told or "发给2人" in told


@by_both
async def test_an_answer_after_them_shows_the_order_again(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    for words in CHANGED_NOTHING:
        for answer in ("确认", "1"):
            assert not is_preview(await town.secretary.says(words, by=by))
            shown = await town.secretary.says(answer, by=by)
            assert is_preview(shown) and "还没有发" in shown, (words, answer)
    assert await nothing_went_out(town)
    assert "正在发出" in await town.secretary.says("确认", by=by)


@by_both
async def test_whatever_the_answer_is(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    for answer in ("好的", "2", "发送", "是"):
        await town.secretary.says("只发给老王", by=by)
        assert is_preview(await town.secretary.says(answer, by=by)), answer
    assert await nothing_went_out(town)
    assert "正在发出" in await town.secretary.says("发送", by=by)


@pytest.mark.parametrize("by_voice", [True, False])
async def test_after_what_cannot_be_read_at_all_too(town: Town, by_voice: bool) -> None:
    await town.secretary.says(NOTICE)
    if by_voice:
        await sends_without_words(town, town.secretary, "voice")
    else:
        await town.secretary.says("别发给石远" * 500)
    assert is_preview(await town.secretary.says("确认"))
    assert await nothing_went_out(town)


async def test_so_does_the_button_that_stood_there_before(town: Town) -> None:
    await town.secretary.says(NOTICE)
    await town.secretary.says("只发给老王")
    assert is_preview(await town.secretary.presses("确认"))
    assert await nothing_went_out(town)
    assert "正在发出" in await town.secretary.presses("确认")


@by_both
async def test_so_it_is_after_something_else_was_done_in_between(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    for words in ("阿巴阿巴", "谁失联了", "你好"):
        await town.secretary.says(words, by=by)
    assert is_preview(await town.secretary.says("确认", by=by))
    assert await nothing_went_out(town)


async def test_what_was_not_understood_says_what_can_be_written(town: Town) -> None:
    await town.secretary.says(NOTICE)
    told = await town.secretary.says("阿巴阿巴")
    assert "没看懂" in told and "还没有发" in told and "“只发" in told and "下面的按钮" not in told
    await town.secretary.says(NOTICE, by="sms")
    told = await town.secretary.says("阿巴阿巴", by="sms")
    assert "没看懂" in told and "没有发" in told and "确认" in told


async def test_where_there_is_no_button_none_is_promised(town: Town) -> None:
    told = await town.secretary.says("阿巴阿巴")
    assert "没看懂" in told and "下面的按钮" not in told and "“菜单”" in told


@by_both
async def test_a_plain_no_sends_nothing_either(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("阿巴阿巴", by=by)
    assert "不发了" in await town.secretary.says("取消", by=by)
    assert "没有在写的" in await town.secretary.says("草稿", by=by)


async def labels_of(sender: Speaker, labels: list[str], by: Door) -> dict[str, str]:
    """What each label brings when it is typed, something else said before it."""
    told = {}
    for label in labels:
        await sender.says("阿巴阿巴", by=by)
        told[label] = await sender.says(label, by=by)
    return told


@by_both
async def test_the_words_on_the_buttons_do_what_the_buttons_do(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    told = await labels_of(town.secretary, ["改对象", "改时间", "改文字", "看名单", "全部", "确认"], by)
    assert "只发柳湾村" in told["改对象"]
    assert "什么时候发" in told["改时间"] or "何时发" in told["改时间"]
    assert "写什么" in told["改文字"]
    assert "石" in told["看名单"] and "欧阳" in told["看名单"]
    assert is_preview(told["全部"]) and is_preview(told["确认"])
    assert await nothing_went_out(town)


@by_both
async def test_with_what_it_shall_be_behind_them(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    assert "11月3日 19:30" in await town.secretary.says("改时间 明天 19:30", by=by)
    assert "石" in await town.secretary.says("改对象 石远", by=by)
    await town.secretary.says("改文字 后天停水。", by=by)
    await town.secretary.says("现在发", by=by)
    await town.secretary.says("确认", by=by)
    await town.ticks()
    assert "后天停水。" in await town.member.reads() and await town.old.reads("sms") == ""


async def test_an_old_phone_is_told_what_can_be_changed(town: Town) -> None:
    assert "改对象" in await town.secretary.says(NOTICE, by="sms")


@by_both
async def test_days_later_too(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    await town.passes(days=3)
    assert is_preview(await town.secretary.says("确认", by=by))
    assert "何时发" in await town.secretary.says("改时间", by=by) or by == "chat"
    assert "11月6日 19:30" in await town.secretary.says("明天 19:30", by=by)


@by_both
async def test_of_two_drafts_it_is_the_one_that_was_shown_last(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("发祝福 中秋快乐。", by=by)
    await town.secretary.says("草稿", by=by)
    await town.secretary.presses("通知", by=by)
    assert "石" in await town.secretary.says("只发石远", by=by)
    assert "正在发出" in await town.secretary.says("确认", by=by)
    await town.ticks()
    assert "明天停水" in await town.member.reads()


async def test_a_yes_to_another_question_is_no_word_about_the_draft(town: Town) -> None:
    await town.moves_in("both", "谈书", "+8613900000017", role="secretary")
    await town.both.says(NOTICE)
    await town.both.says("换厂了，到恒力做挡车工")
    assert "记下" in await town.both.says("确认")
    assert await nothing_went_out(town)


async def test_a_cancel_to_another_question_drops_no_draft(town: Town) -> None:
    await town.secretary.says(NOTICE)
    await town.passes(days=2)
    await town.secretary.says("找 石远")
    await town.secretary.says("取消")
    assert "没有在写的" not in await town.secretary.says("草稿")


async def test_cancel_is_first_of_all_meant_of_what_is_going_out(town: Town) -> None:
    await town.secretary.says("发通知 明天停水。")
    await town.secretary.says("明天 19:30")
    await town.secretary.says("确认")
    await town.secretary.says("发通知 后天停水。")
    await town.secretary.says("谁失联了")
    assert "再写一次“取消”" in await town.secretary.says("取消")
