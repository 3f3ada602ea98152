"""Whom a campaign is for, as people really say it: names that nobody has, that two have, and in any place."""

from __future__ import annotations

import pytest

from storage import units
from tests.conversations.office import lives_in
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
NOTICE = "发通知 明天停水。"


async def who_got_it(town: Town, words: str = "明天停水") -> set[str]:
    await town.ticks()
    return {
        handle
        for handle in town.on_roster
        if words in await town.people[handle].reads("chat" if town.people[handle].phone.smartphone else "sms")
    }


async def a_namesake(town: Town) -> None:
    east = None
    async with town.writing() as tx:
        east = await units.found(tx, town.clock.now(), "石桥村党支部", "branch", town.branch)
    await town.moves_in("namesake", "石远", "+8613900000017", unit=east)


@by_both
@pytest.mark.parametrize("order", ["给老王发通知 明天停水。", "给老王发课 防骗"])
async def test_for_nobody_who_is_found_it_is_for_nobody(town: Town, order: str, by: Door) -> None:
    assert "没找到“老王”" in await town.secretary.says(order, by=by)
    for words in ("现在", "确认", "草稿", "1", "确认"):
        assert "发给2人" not in (await town.secretary.says(words, by=by)).replace(" ", "")
    told = await town.secretary.says("确认", by=by)
    assert "还没定发给谁" in told and "“全部”" in told
    assert await who_got_it(town, "【") == set()
    await town.secretary.says("只发石远", by=by)
    await town.secretary.says("现在", by=by)
    assert "正在发出" in await town.secretary.says("确认", by=by)
    assert await who_got_it(town, "") >= {"member"} and await town.old.reads("sms") == ""


@by_both
async def test_or_for_all_once_that_is_said(town: Town, by: Door) -> None:
    await town.secretary.says("给老王发通知 明天停水。", by=by)
    await town.secretary.says("全部", by=by)
    await town.secretary.says("确认", by=by)
    assert await who_got_it(town) == {"member", "old"}


async def test_on_the_screen_it_is_settled_too(town: Town) -> None:
    await town.secretary.says("给老王发通知 明天停水。")
    await town.secretary.says("改对象")
    assert "共 0 人" in town.secretary.last_message().text
    await town.secretary.presses("挑人")
    await town.secretary.presses("1. 石**")
    await town.secretary.presses("看预览")
    await town.secretary.presses("确认")
    assert await who_got_it(town) == {"member"}


@by_both
async def test_of_two_of_one_name_the_others_are_kept(town: Town, by: Door) -> None:
    await a_namesake(town)
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("只发石远、欧阳山", by=by)
    await town.secretary.says("2", by=by)
    await town.secretary.says("确认", by=by)
    assert await who_got_it(town) == {"namesake", "old"}


@by_both
async def test_so_are_those_it_is_for_while_one_left_out_is_asked_for(town: Town, by: Door) -> None:
    await a_namesake(town)
    await town.moves_in("third", "谈七", "+8613900000018")
    await town.moves_in("fourth", "赵一", "+8613900000019")
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("只发谈七、欧阳山，除了石远", by=by)
    await town.secretary.says("2", by=by)
    await town.secretary.says("确认", by=by)
    assert await who_got_it(town) == {"third", "old"}


@by_both
async def test_begun_with_a_name_of_two_it_waits_for_the_answer(town: Town, by: Door) -> None:
    await a_namesake(town)
    await town.secretary.says("给石远和欧阳山发通知 明天停水。", by=by)
    assert "正在发出" not in await town.secretary.says("确认", by=by)
    assert await who_got_it(town) == set()
    await town.secretary.says("给石远和欧阳山发通知 后天停水。", by=by)
    await town.secretary.says("1", by=by)
    await town.secretary.says("确认", by=by)
    assert await who_got_it(town, "后天停水") == {"member", "old"}


async def test_places_and_names_in_one_list(town: Town) -> None:
    await lives_in(town, town.member, "110105")
    await town.secretary.says(NOTICE)
    assert "不止一个" in await town.secretary.says("只发朝阳、石远")
    assert "石远" in await town.secretary.presses("北京朝阳")


@by_both
@pytest.mark.parametrize("back", ["只发石远", "全部", "只发全部"])
async def test_whoever_was_left_out_is_brought_back_by_name_or_with_all(
    town: Town, back: str, by: Door
) -> None:
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("不发给石远", by=by)
    await town.secretary.says(back, by=by)
    await town.secretary.says("确认", by=by)
    assert "member" in await who_got_it(town)


async def test_a_branch_does_not_bring_back_who_was_left_out_of_it(town: Town) -> None:
    await town.secretary.says(NOTICE)
    await town.secretary.says("不发给石远")
    assert "不含石远" in await town.secretary.says("只发柳湾村")


@by_both
@pytest.mark.parametrize(
    "order",
    ["发课 防骗 给 石桥支部", "发课 防骗 给石桥支部 现在", "发课 防骗 发给石远", "发课 防骗 现在 给石桥村的"],
)
async def test_a_lesson_says_for_whom_behind_its_name(town: Town, order: str, by: Door) -> None:
    await town.moves_in("other", "谈七", "+8613900000018")
    await a_namesake(town)
    await town.secretary.says(order, by=by)
    if "石远" in order:
        await town.secretary.says("2", by=by)
    if "现在" not in order:
        await town.secretary.says("现在", by=by)
    await town.secretary.says("确认", by=by)
    assert await who_got_it(town, "四不要") == {"namesake"}


@by_both
@pytest.mark.parametrize("order", ["给老王发课 防骗 明天 19:30", "发课 防骗 明天 19:30 给石远"])
async def test_its_hour_is_kept_while_it_is_asked_for_whom(town: Town, order: str, by: Door) -> None:
    await a_namesake(town)
    asked = await town.secretary.says(order, by=by)
    assert "没找到" in asked or "2人" in asked.replace(" ", "")
    assert "11月3日 19:30" in await town.secretary.says("只发欧阳山", by=by)


async def test_for_whom_is_kept_where_no_lesson_was_found(town: Town) -> None:
    await town.secretary.says("发课 第二课 给 柳湾支部")
    await town.secretary.presses("手机防骗四不要")
    assert "对象：柳湾村党支部" in await town.secretary.presses("现在就发")


@by_both
@pytest.mark.parametrize(
    "order",
    [
        "发通知明天停水。",
        "通知 明天停水。",
        "通知：明天停水。",
        "通知大家明天停水。",
        "通知全体党员：明天停水。",
        "群发 明天停水。",
        "群发：明天停水。",
        "帮我发通知 明天停水。",
        "帮我发个通知：明天停水。",
        "请帮忙发一条通知，明天停水。",
        "我要发通知 明天停水。",
        "给我发通知 明天停水。",
        "给大家发通知 明天停水。",
    ],
)
async def test_a_notice_begins_as_people_begin_it(town: Town, order: str, by: Door) -> None:
    told = await town.secretary.says(order, by=by)
    assert "发给2人" in told.replace(" ", "")
    if by == "chat":
        assert "“明天停水。”" in told


async def test_for_whom_may_stand_behind_the_word(town: Town) -> None:
    await town.moves_in("other", "谈七", "+8613900000018")
    assert "对象：石远（石远）" in await town.secretary.says("发通知给石远：明天停水。")
    assert "通知写什么" in await town.secretary.says("帮我发通知")
    await town.secretary.says("算了")
    assert "写什么" in await town.secretary.says("群发")


@pytest.mark.parametrize(
    "words", ["发通知了吗", "发通知了", "通知收到了", "通知看到了", "通知我看了", "发通知没有"]
)
async def test_what_is_no_notice(town: Town, words: str) -> None:
    assert "发给" not in await town.secretary.says(words)
