"""谁失联了: a liaison and a secretary ask who has gone silent. (S9)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.rules.silence import Rhythm
from storage import units
from tests.conversations.office import heard, lives_in, notes, screen, stopped
from tests.conversations.town import Door, Town


@pytest.mark.parametrize("words", ["失联", "/silent", "谁失联了"])
async def test_the_silent_are_listed_with_days_last_word_and_next_step(town: Town, words: str) -> None:
    await heard(town, town.member, 44)
    answer = await town.secretary.says(words)
    assert "在外 2 人：按时 1，快到期 0，迟了 0，失联 1。" in answer
    assert "1. 石远 · 柳湾村党支部 · 去向不明" in answer
    assert "44 天没有联系，上次是 9月19日签到。先发个提醒。" in answer
    assert "欧阳山" not in answer
    assert town.secretary.buttons() == ["1. 石**"]


async def test_nobody_silent_is_good_news(town: Town) -> None:
    answer = await town.secretary.says("失联")
    assert "按时 2" in answer
    assert "没有失联的人，都好" in answer


@pytest.mark.parametrize(
    ("days", "figures"),
    [
        (26, "按时 2，快到期 0，迟了 0，失联 0"),
        (27, "按时 1，快到期 1，迟了 0，失联 0"),
        (31, "按时 1，快到期 0，迟了 1，失联 0"),
        (37, "按时 1，快到期 0，迟了 1，失联 0"),
        (38, "按时 1，快到期 0，迟了 0，失联 1"),
    ],
)
async def test_everybody_is_counted_where_they_stand(town: Town, days: int, figures: str) -> None:
    await heard(town, town.member, days)
    assert figures in await town.secretary.says("失联")


async def test_by_days_whoever_was_not_heard_that_long(town: Town) -> None:
    await heard(town, town.member, 89)
    await heard(town, town.old, 90)
    answer = await town.secretary.says("/silent 90")
    assert "有 1 人 90 天以上没有联系" in answer
    assert "欧阳山" in answer and "石远" not in answer


@pytest.mark.parametrize("words", ["失联 上海", "/silent 上海"])
async def test_by_place(town: Town, words: str) -> None:
    for who, place in ((town.member, "310112"), (town.old, "440305")):
        await heard(town, who, 50)
        await lives_in(town, who, place)
    answer = await town.secretary.says(words)
    assert "在上海失联 1 人" in answer
    assert "石远" in answer and "欧阳山" not in answer
    assert "没有人在河南" in await town.secretary.says("失联 河南")


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_place_that_two_bear_is_asked_about(town: Town, by: Door) -> None:
    await heard(town, town.member, 70)
    await lives_in(town, town.member, "320106")
    assert "您问的是哪里" in await town.secretary.says("失联 鼓楼区 60天", by=by)
    answer = await town.secretary.presses("南京鼓楼", by=by)
    assert "70天" in answer if by == "sms" else "60 天以上" in answer


async def test_the_longest_silence_stands_first_and_the_page_turns_in_place(town: Town) -> None:
    names = ["甘一", "林二", "卫三", "阮四", "鲁五", "白六", "常七"]
    for n, name in enumerate(names):
        someone = await town.moves_in(name, name, f"+861390001000{n}", liaison="liaison")
        await heard(town, someone, 50 + n)
    first = await town.liaison.says("失联")
    assert "失联 7 人，最久的在前" in first
    assert first.index("1. 常七") < first.index("2. 白六") < first.index("6. 林二")
    assert "甘一" not in first
    shown = len(town.world.chat(town.liaison.phone.id))
    await town.liaison.presses("下一页")
    assert "7. 甘一" in screen(town.liaison)
    assert town.liaison.buttons() == ["7. 甘**", "回到开头"]
    await town.liaison.presses("回到开头")
    assert "1. 常七" in screen(town.liaison)
    assert len(town.world.chat(town.liaison.phone.id)) == shown


async def test_by_days_the_pages_follow_the_days(town: Town) -> None:
    """A planned absence moves the deadline, not the day of the last word."""
    for n in range(8):
        someone = await town.moves_in(f"m{n}", f"史{n}号", f"+861390002000{n}", liaison="liaison")
        await heard(town, someone, 100 + n)
    await town.liaison.says("/silent 90")
    await town.liaison.presses("下一页")
    assert "史1号" in screen(town.liaison) and "史0号" in screen(town.liaison)
    assert "有 8 人 90 天以上没有联系" in screen(town.liaison)


async def test_from_the_list_to_a_note_in_two_taps(town: Town) -> None:
    await heard(town, town.member, 44)
    await town.liaison.says("失联")
    assert "石远 · 柳湾村党支部 · 失联" in await town.liaison.presses("石**")
    await town.liaison.presses("记一次电话")
    assert "算已联系" in await town.liaison.presses("平安")
    assert "没有失联的人" in await town.liaison.says("失联")


async def test_by_sms_counts_and_stars_and_a_number_to_ask_for_more(town: Town) -> None:
    await heard(town, town.member, 44)
    await heard(town, town.old, 60)
    answer = await town.liaison.says("失联", by="sms")
    assert "在外 2 人：按时 0，快到期 0，迟了 0，失联 2。回数字看一人：" in answer
    assert "回1 欧阳** 60天 回2 石** 44天" in answer
    assert "石**：失联，44天前联系过" in await town.liaison.says("2", by="sms")
    await town.liaison.presses("发提醒", by="sms")
    assert "44 天没有您的消息" in await town.member.reads()


async def test_whom_no_reminder_reaches_is_to_be_called(town: Town) -> None:
    outside = await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    await heard(town, outside, 50)
    await heard(town, town.member, 45)
    await stopped(town, town.member)
    answer = await town.liaison.says("失联")
    assert "停收了提醒：打电话" in answer
    assert "还没加入：打电话，或请本人加入" in answer


async def test_a_planned_absence_is_not_silence(town: Town) -> None:
    await town.member.says("出海三个月")
    await town.member.presses("对")
    await town.liaison.reads()
    town.clock.wind(timedelta(days=60))
    assert "按时 1" in await town.liaison.says("失联")
    answer = await town.liaison.says("/silent 50")
    assert "石远" in answer and "先不催" in answer


async def test_at_home_nobody_is_silent(town: Town) -> None:
    await heard(town, town.member, 80)
    await notes(town, town.member, whereabouts="home")
    assert "在外 1 人：按时 1" in await town.secretary.says("失联")


async def test_the_period_is_the_units_own(town: Town) -> None:
    async with town.writing() as tx:
        weekly = await units.found(
            tx, town.clock.now(), "渡口支部", "branch", town.committee, rhythm=Rhythm(7, 2)
        )
    someone = await town.moves_in("weekly", "梅十", "+8613900000018", unit=weekly, liaison="liaison")
    await heard(town, someone, 10)
    await heard(town, town.member, 10)
    answer = await town.liaison.says("失联")
    assert "按时 2" in answer and "失联 1" in answer and "梅十" in answer


async def test_a_member_is_told_whose_business_it_is(town: Town) -> None:
    for by in ("chat", "sms"):
        answer = await town.member.says("/silent", by="chat" if by == "chat" else "sms")
        assert "欧阳山" not in answer
        assert "失联 0" not in answer


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_nobody_that_long_is_said_so(town: Town, by: Door) -> None:
    assert "没有人超过 90 天没联系" in await town.liaison.says("失联 90", by=by)


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_place_that_nobody_knows_is_asked_for_again(town: Town, by: Door) -> None:
    answer = await town.liaison.says("失联 火星", by=by)
    assert "没认出“火星”这个地方" in answer and "失联 苏州" in answer


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_place_where_nobody_is_and_one_where_all_are_well(town: Town, by: Door) -> None:
    await lives_in(town, town.member, "310112")
    assert "没有人在河南" in await town.liaison.says("失联 河南", by=by)
    assert "在上海有 1 人，没有失联的" in await town.liaison.says("失联 上海", by=by)
    assert "没有人超过 60 天没联系" in await town.liaison.says("失联 上海 60天", by=by)


@pytest.mark.parametrize(("days", "words"), [(0, "今天联系过"), (1, "昨天联系过"), (2, "2天前联系过")])
async def test_the_days_since_are_said_as_people_say_them(town: Town, days: int, words: str) -> None:
    await heard(town, town.member, days)
    assert words in await town.liaison.says("找 石远", by="sms")


async def test_by_sms_the_list_says_how_many_more_and_turns_its_page(town: Town) -> None:
    for n, name in enumerate(["甘一", "林二", "卫三", "阮四", "鲁五"]):
        someone = await town.moves_in(name, name, f"+861390001000{n}", liaison="liaison")
        await heard(town, someone, 50 + n)
    answer = await town.liaison.says("失联", by="sms")
    seen = answer
    assert "回“下一页”" in answer
    for _ in range(5):
        if "下一页" not in answer:
            break
        answer = await town.liaison.says("下一页", by="sms")
        assert len(town.world.sms(town.liaison.phone.id)[-1].parts) == 1
        seen += answer
    assert all(seen.count(f"{name}** ") == 1 for name in "甘林卫阮鲁")


async def test_places_of_one_name_are_told_apart(town: Town) -> None:
    await town.liaison.says("失联 朝阳")
    assert {"北京朝阳区", "辽宁朝阳市"} <= set(town.liaison.buttons())


@pytest.mark.parametrize("words", ["失联 0", "失联 -5", "失联 0天"])
async def test_no_whole_number_of_days_is_asked_for_again(town: Town, words: str) -> None:
    assert "整数的天数" in await town.liaison.says(words)


@pytest.mark.parametrize("by", ["chat", "sms"])
async def test_a_sign_inside_a_name_opens_nothing_by_itself(town: Town, by: Door) -> None:
    answer = await town.liaison.says("找 阳山", by=by)
    assert "找到" in answer and "欧阳" in answer
