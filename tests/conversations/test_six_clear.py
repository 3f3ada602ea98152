"""六清: what is missing, asked of the member and shown to whoever looks after them. (S2)"""

from __future__ import annotations

from datetime import date

import pytest

from storage import members
from tests.conversations.office import notes, screen
from tests.conversations.town import Door, Speaker, Town

by_both = pytest.mark.parametrize(("handle", "by"), [("member", "chat"), ("old", "sms")])


async def knows(town: Town, member: Speaker, *but_not: str) -> None:
    """Everything of the six, but for these."""
    file = await member.file()
    texts = {"reason": "务工", "job": "瓦工", "address": "玉山镇前进路5号"}
    async with town.writing() as tx:
        await members.note_texts(tx, file, **{k: v for k, v in texts.items() if k not in but_not})
    facts = {"out_since": date(2023, 3, 1), "dues_until": date(2026, 10, 1)}
    await notes(town, member, place_code="320583", **{k: v for k, v in facts.items() if k not in but_not})


async def test_the_secretary_sees_how_many_lack_what_and_who(town: Town) -> None:
    await knows(town, town.member, "dues_until")
    said = await town.secretary.says("六清")
    assert "外出 2 人，六清都清楚的 0 人，还缺的 2 人。" in said
    assert "缺：外出原因 1、外出时间 1、行业 1、详细住址 1、党费 2" in said
    assert "1. 石远 · 柳湾村党支部：缺党费" in said
    await town.secretary.presses("只看行业")
    assert "缺行业的：" in screen(town.secretary) and "石远" not in screen(town.secretary)
    await town.secretary.presses("看全部")
    assert "石远" in screen(town.secretary)
    assert "六清还缺：党费" in await town.secretary.presses("1. 石**")


async def test_by_sms_counts_alone(town: Town) -> None:
    await knows(town, town.member, "dues_until")
    said = await town.secretary.says("六清", by="sms")
    assert said == "【联动】外出2人，六清齐0人。缺原因1、时间1、行业1、住址1、联系0、党费2。"


async def test_a_long_list_is_paged(town: Town) -> None:
    for n in range(12):
        await town.moves_in(f"m{n}", f"何{n}", f"+86139000001{n:02}")
    await town.secretary.says("六清")
    assert "9. 何6" in screen(town.secretary) and "10. " not in screen(town.secretary)
    await town.secretary.presses("下一页")
    assert "10. 何7" in screen(town.secretary) and "14. 何11" in screen(town.secretary)


async def test_a_liaison_sees_theirs_alone(town: Town) -> None:
    await town.moves_in("another", "何三", "+8613900000033")
    assert "外出 2 人" in await town.liaison.says("/sixclear")


@by_both
async def test_the_reason_is_filled_in_and_the_next_thing_offered(town: Town, handle: str, by: Door) -> None:
    me = town.people[handle]
    await knows(town, me, "reason", "out_since")
    assert "还缺：外出原因、外出时间" in await me.says("缺什么", by=by)
    assert "为什么外出" in await me.presses("补外出原因", by=by)
    assert "记下了：外出原因。" in await me.presses("随家人", by=by)
    assert (await me.file()).reason == "随家人"
    assert "哪年哪月" in await me.presses("补外出时间", by=by)
    assert "2023年3月，对吗" in (await me.says("2023年3月", by=by)).replace(" ", "")
    assert "六样都清楚了" in await me.presses("对", by=by)
    assert (await me.file()).out_since == date(2023, 3, 1)


@by_both
async def test_a_reason_in_ones_own_words(town: Town, handle: str, by: Door) -> None:
    me = town.people[handle]
    await knows(town, me, "reason")
    await me.says("缺什么", by=by)
    await me.presses("补外出原因", by=by)
    assert "六样都清楚了" in await me.says("照顾孙子上学", by=by)
    assert (await me.file()).reason == "照顾孙子上学"


async def test_a_month_that_is_none_is_asked_for_again(town: Town) -> None:
    await knows(town, town.member, "out_since")
    await town.member.says("缺什么")
    await town.member.presses("补外出时间")
    assert "哪年哪月" in await town.member.says("很久以前了")
    assert "2024年11月" in await town.member.says("两年前")
    assert (await town.member.file()).out_since is None


@by_both
async def test_the_street_is_asked_for_where_only_the_town_is_known(
    town: Town, handle: str, by: Door
) -> None:
    me = town.people[handle]
    await knows(town, me, "address")
    await me.says("缺什么", by=by)
    assert "昆山玉山镇前进路5号" in await me.presses("补详细住址", by=by)
    await me.says("昆山玉山镇前进路5号", by=by)
    await me.says("对", by=by)
    assert "玉山镇前进路5号" in (await me.file()).address
    assert "什么都不缺" in await me.says("缺什么", by=by)


@by_both
async def test_the_work_is_asked_for_by_the_handler_that_knows_it(town: Town, handle: str, by: Door) -> None:
    me = town.people[handle]
    await knows(town, me, "job")
    await me.says("缺什么", by=by)
    assert "做什么" in await me.presses("补行业", by=by)
    await me.says("电子厂质检", by=by)
    await me.says("对", by=by)
    assert "什么都不缺" in await me.says("缺什么", by=by)


@by_both
async def test_dues_are_entered_by_the_branch_which_is_asked(town: Town, handle: str, by: Door) -> None:
    me = town.people[handle]
    await knows(town, me, "dues_until")
    await me.says("缺什么", by=by)
    assert "党费由支部登记" in await me.presses("补党费", by=by)
    assert "已转给" in await me.presses("请联系人登记", by=by)
    assert "党费交到了哪个月" in await town.liaison.reads()


async def test_of_whoever_is_at_home_nothing_is_asked(town: Town) -> None:
    await notes(town, town.member, whereabouts="home")
    assert "什么都不缺" in await town.member.says("缺什么")
    assert "外出 1 人" in await town.secretary.says("六清")
