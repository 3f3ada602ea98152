"""改对象: whom a campaign is for, by buttons on one screen and in words. (S24, S29, S33)"""

from __future__ import annotations

import pytest

from storage import members, people, units
from storage.units import Unit
from tests.conversations.office import heard, lives_in, notes, screen
from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
NOTICE = "发通知 明天停水。"


async def another_branch(town: Town, name: str = "东山村党支部") -> Unit:
    async with town.writing() as tx:
        return await units.found(tx, town.clock.now(), name, "branch", town.committee)


async def a_committee(town: Town) -> None:
    """A committee member above two branches, 石远 and 欧阳山 in the one, 谈七 in the other."""
    east = await another_branch(town)
    await town.moves_in("east", "谈七", "+8613900000017", unit=east)
    await town.moves_in(
        "committee_man", "钱委", "+8613900000018", on_roster=False, unit=town.committee, role="committee"
    )


async def test_one_screen_that_rewrites_itself(town: Town) -> None:
    await a_committee(town)
    await town.committee_man.says(NOTICE)
    await town.committee_man.presses("改对象")
    assert "发给：您负责的全部外出党员，共 3 人。" in screen(town.committee_man)
    await town.committee_man.presses("按支部")
    assert town.committee_man.buttons()[:2] == ["柳湾村党支部 2 人", "东山村党支部 1 人"]
    await town.committee_man.presses("东山村")
    assert "发给：东山村党支部，共 1 人。" in screen(town.committee_man)
    assert "✓ 东山村党支部 1 人" in town.committee_man.buttons()
    await town.committee_man.presses("选好了")
    await town.committee_man.presses("看预览")
    assert "对象：东山村党支部（谈七）" in screen(town.committee_man)
    await town.committee_man.presses("确认")
    await town.ticks()
    assert "明天停水" in await town.east.reads()
    assert await town.member.reads() == "" and await town.old.reads("sms") == ""


async def test_tapped_again_it_is_taken_back(town: Town) -> None:
    await a_committee(town)
    await town.committee_man.says(NOTICE)
    await town.committee_man.presses("改对象")
    await town.committee_man.presses("按支部")
    await town.committee_man.presses("东山村")
    await town.committee_man.presses("东山村")
    assert "共 3 人" in screen(town.committee_man)


async def test_by_place_trade_and_standing(town: Town) -> None:
    await lives_in(town, town.member, "320583")
    await notes(town, town.member, industry="building")
    await heard(town, town.old, 400)
    await town.secretary.says(NOTICE)
    await town.secretary.presses("改对象")
    await town.secretary.presses("按地方")
    assert "苏州 1 人" in town.secretary.buttons()
    await town.secretary.presses("选好了")
    await town.secretary.presses("按行业")
    await town.secretary.presses("建筑装修 1 人")
    assert "发给：建筑装修，共 1 人。" in screen(town.secretary)
    await town.secretary.presses("选好了")
    await town.secretary.presses("全部")
    assert "共 2 人" in screen(town.secretary)
    await town.secretary.presses("按状态")
    await town.secretary.presses("失联 1 人")
    assert "发给：失联，共 1 人。" in screen(town.secretary)


async def test_picked_by_hand_and_left_out(town: Town) -> None:
    await town.secretary.says(NOTICE)
    await town.secretary.presses("改对象")
    await town.secretary.presses("挑人")
    await town.secretary.presses("2. 欧阳**")
    assert "✓ 2. 欧阳山" in screen(town.secretary)
    await town.secretary.presses("看预览")
    assert "对象：欧阳山" in screen(town.secretary)
    await town.secretary.presses("改对象")
    await town.secretary.presses("全部")
    await town.secretary.presses("去掉几个人")
    await town.secretary.presses("1. 石**")
    await town.secretary.presses("看预览")
    assert "不含石远" in screen(town.secretary) and "发给 1 人" in screen(town.secretary)


@by_both
async def test_in_words(town: Town, by: Door) -> None:
    await lives_in(town, town.old, "320583")
    await notes(town, town.old, industry="building")
    await town.secretary.says("给昆山的建筑工人发通知 明天停水。", by=by)
    await town.secretary.presses("确认", by=by)
    await town.ticks()
    assert "明天停水" in await town.old.reads("sms")
    assert await town.member.reads() == ""


@by_both
async def test_a_lesson_for_some_in_words(town: Town, by: Door) -> None:
    await lives_in(town, town.old, "320583")
    assert "什么时候发" in await town.secretary.says("给昆山的党员发课 防骗", by=by) or by == "sms"
    await town.secretary.says("现在", by=by)
    await town.secretary.presses("确认", by=by)
    await town.ticks()
    assert "四不要" in await town.old.reads("sms")
    assert await town.member.reads() == ""


async def test_a_lesson_from_the_list_is_for_those_who_were_named(town: Town) -> None:
    await lives_in(town, town.old, "320583")
    await town.secretary.says("给昆山的党员发课")
    await town.secretary.presses("实用技术")
    await town.secretary.presses("手机防骗四不要")
    assert "对象：在苏州昆山（欧阳山）" in await town.secretary.presses("现在就发")


@by_both
async def test_left_out_in_words(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("不发给石远", by=by)
    await town.secretary.presses("确认", by=by)
    await town.ticks()
    assert await town.member.reads() == ""
    assert "明天停水" in await town.old.reads("sms")


async def test_after_the_screen_that_asks_whom_plain_words_will_do(town: Town) -> None:
    for who in (town.member, town.old):
        await lives_in(town, who, "330106")
    await town.secretary.says(NOTICE)
    await town.secretary.presses("改对象")
    told = await town.secretary.says("浙江的，除了石远")
    assert "对象：在浙江，不含石远（欧阳山）" in told


async def test_a_yes_to_that_screen_shows_the_preview_first(town: Town) -> None:
    await town.secretary.says(NOTICE)
    for button in ("改对象", "改时间"):
        await town.secretary.presses(button)
        assert "发给 2 人" in await town.secretary.says("确认")
    assert "正在发出" in await town.secretary.says("确认")


async def test_a_whole_kind_is_left_out_as_it_is_now(town: Town) -> None:
    await lives_in(town, town.old, "320583")
    await town.secretary.says(NOTICE)
    preview = await town.secretary.says("不发给昆山的")
    assert "不含欧阳山" in preview and "发给 1 人" in preview


async def test_which_of_two_places(town: Town) -> None:
    await lives_in(town, town.member, "110105")
    await town.secretary.says(NOTICE)
    assert "不止一个" in await town.secretary.says("只发朝阳")
    assert "对象：在北京朝阳（石远）" in await town.secretary.presses("北京朝阳")


async def test_which_of_two_people(town: Town) -> None:
    await town.moves_in("other", "石近", "+8613900000017")
    await town.secretary.says(NOTICE)
    assert "叫这个名字的有 2 人" in await town.secretary.says("只发石")
    assert "对象：石近" in await town.secretary.presses("2. 石**")


@by_both
async def test_nobody_of_that_name(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    assert "没找到“西山村”" in await town.secretary.says("只发西山村", by=by)


async def test_out_of_scope_is_as_good_as_not_there(town: Town) -> None:
    east = await another_branch(town)
    await town.moves_in("east", "谈七", "+8613900000017", unit=east)
    await town.secretary.says(NOTICE)
    assert "没找到“东山村”" in await town.secretary.says("只发东山村")
    assert "没找到“谈七”" in await town.secretary.says("只发谈七")
    await town.secretary.presses("改对象")
    await town.secretary.presses("按支部")
    assert not any("东山" in label for label in town.secretary.buttons())


async def test_a_liaison_reaches_their_own_and_names_their_branch(town: Town) -> None:
    await town.moves_in("other", "谈七", "+8613900000017")
    await town.liaison.says(NOTICE)
    preview = await town.liaison.says("只发柳湾村")
    assert "发给 2 人" in preview and "谈七" not in preview


async def test_to_nobody_there_is_nothing_to_confirm(town: Town) -> None:
    await town.secretary.says(NOTICE)
    assert "一个人也没有" in await town.secretary.says("只发失联的")
    assert "确认" not in town.secretary.buttons()


async def test_by_sms_the_screen_says_what_to_write(town: Town) -> None:
    await town.secretary.says(NOTICE, by="sms")
    assert "发给1人" in await town.secretary.says("只发石远", by="sms")


async def test_of_a_county_the_townships_are_offered(town: Town) -> None:
    async with town.writing() as tx:
        now = town.clock.now()
        county = await units.found(tx, now, "江临县委", "committee")
        townships = [await units.found(tx, now, f"第{n}镇党委", "committee", county) for n in (1, 2)]
        for n in range(26):
            branch = await units.found(tx, now, f"第{n}村党支部", "branch", townships[n % 2])
            person = await people.add(tx, now, f"赵{n}")
            await members.enrol(tx, now, person, branch)
    await town.moves_in("county", "郑委", "+8613900000018", on_roster=False, unit=county, role="committee")
    await town.moves_in("one", "周一", "+8613900000017", unit=townships[0])
    await town.county.says(NOTICE)
    await town.county.presses("改对象")
    await town.county.presses("按支部")
    assert town.county.buttons()[:2] == ["第1镇党委 14 人", "第2镇党委 13 人"]
    await town.county.presses("第1镇")
    assert "发给：第1镇党委，共 14 人。" in screen(town.county)
    assert "共 1 人。" not in await town.county.says("只发第3村党支部")
