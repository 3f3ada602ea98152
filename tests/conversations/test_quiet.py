"""出海三个月: a planned absence, told beforehand, is not silence. (S9)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.office import heard, screen
from tests.conversations.town import Door, Speaker, Town
from tests.conversations.ways_in import contacts_of, history_of

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


async def goes_to_sea(who: Speaker, by: Door, words: str = "我要出海三个月") -> str:
    """Until 2 February; what they are told after their 对."""
    await who.says(words, by=by)
    told = await who.says("对", by=by)
    await who.town.liaison.reads()
    return told


@by_both
async def test_read_back_confirmed_and_nobody_is_reminded(town: Town, by: Door) -> None:
    assert "2027年2月2日" in await town.member.says("我要出海三个月", by=by)
    assert (await town.member.file()).quiet_until is None
    assert "平平安安" in await town.member.says("对", by=by)
    assert [change.field for change in await history_of(town, town.member)] == ["quiet"]
    assert "不算失联" in await town.liaison.reads()
    await town.passes(days=92)
    assert await town.member.reads("chat") == "" and await town.member.reads("sms") == ""
    assert (await town.member.file()).standing(town.clock.now()) == "fresh"


@by_both
async def test_each_word_of_it_is_in_the_register_once(town: Town, by: Door) -> None:
    await goes_to_sea(town.member, by)
    assert [contact.kind for contact in await contacts_of(town, town.member)] == ["change", "word"]


@by_both
async def test_one_clear_day_is_named(town: Town, by: Door) -> None:
    """2 February is the last day away; a word is due on the day after it, and not before."""
    told = await goes_to_sea(town.member, by)
    assert "2月3日" in told and "2月2日" not in told


@by_both
async def test_until_tomorrow_takes_nothing_from_the_usual_month(town: Town, by: Door) -> None:
    assert "2026年11月3日" in await town.member.says("我进山，到明天", by=by)
    assert "最晚" in (told := await town.member.says("对", by=by)) and "12月2日" in told


@by_both
async def test_the_day_may_be_asked_for(town: Town, by: Door) -> None:
    assert "什么时候" in await town.member.says("/quiet" if by == "chat" else "接下来会封闭管理", by=by)
    assert "2027年2月2日" in await town.member.says("三个月", by=by)


@by_both
@pytest.mark.parametrize("days", [0, 10])
async def test_a_word_on_the_way_does_not_end_it(town: Town, days: int, by: Door) -> None:
    await goes_to_sea(town.member, by)
    town.clock.wind(timedelta(days=days))
    for words in ("谢谢", "好的", "今天风浪大", "签到", "党课"):
        await town.member.says(words, by=by)
    town.clock.wind(timedelta(days=75))
    file = await town.member.file()
    assert file.quiet_until is not None and file.standing(town.clock.now()) == "fresh"
    assert await town.liaison.reads() == ""


@by_both
async def test_a_check_in_asks_whether_they_are_back(town: Town, by: Door) -> None:
    await goes_to_sea(town.member, by)
    town.clock.wind(timedelta(days=10))
    assert "2027年2月2日，提前回来了吗" in await town.member.says("签到", by=by)
    assert "没有改动" in await town.member.presses("还没", by=by)
    assert (await town.member.file()).quiet_until is not None
    await town.member.says("签到", by=by)
    assert "12月12日" in await town.member.presses("回来了", by=by)
    assert (await town.member.file()).quiet_until is None
    assert "报备的外出结束了" in await town.liaison.reads()


@pytest.mark.parametrize(
    ("words", "by"),
    [("回来了", "chat"), ("船回来了", "sms"), ("到岸了，一切都好", "sms"), ("我提前回来了", "chat")],
)
async def test_their_own_word_ends_it_and_the_liaison_is_told(town: Town, words: str, by: Door) -> None:
    await goes_to_sea(town.member, by)
    town.clock.wind(timedelta(days=10))
    back = await town.member.says(words, by=by)
    assert "回来就好" in back and "12月12日" in back
    file = await town.member.file()
    assert file.quiet_until is None and file.whereabouts == "out"
    assert "报备的外出结束了" in await town.liaison.reads()
    assert [change.new for change in await history_of(town, town.member)] == ["", "2027-02-02"]


async def test_not_back_yet_does_not_end_it(town: Town) -> None:
    await goes_to_sea(town.member, "chat")
    town.clock.wind(timedelta(days=10))
    for words in ("船还没回来", "等回来了再报", "什么时候能回来", "下个月才回来"):
        await town.member.says(words)
    assert (await town.member.file()).quiet_until is not None


@by_both
async def test_coming_back_in_trouble_is_heard_as_both(town: Town, by: Door) -> None:
    await goes_to_sea(town.member, by)
    town.clock.wind(timedelta(days=10))
    assert "12333" in await town.member.says("船回来了，工资拖了两个月没发", by=by)
    told = await town.liaison.reads()
    assert "【求助】" in told and "报备的外出结束了" in told


@by_both
async def test_home_for_good_ends_it_too(town: Town, by: Door) -> None:
    await goes_to_sea(town.member, by)
    town.clock.wind(timedelta(days=10))
    await town.member.says("我回村了", by=by)
    await town.member.says("对", by=by)
    file = await town.member.file()
    assert (file.whereabouts, file.quiet_until) == ("home", None)


@by_both
async def test_the_first_word_after_its_day_is_told_to_the_liaison(town: Town, by: Door) -> None:
    await goes_to_sea(town.member, by, "我进山到11月10日")
    await town.passes(days=9)
    assert "12月11日" in await town.member.says("签到", by=by)
    assert "报备的外出结束了" in await town.liaison.reads()
    assert (await town.member.file()).quiet_until is None


async def test_whoever_does_not_come_back_is_reminded_then_reported(town: Town) -> None:
    await heard(town, town.old, 40)
    await goes_to_sea(town.old, "sms", "我进山到12月10日")
    await town.passes(days=39)
    assert await town.old.reads("sms") == ""
    await town.passes(days=1)
    assert "没有您的消息了" in await town.old.reads("sms")
    await town.passes(days=8)
    assert "失联了" in screen(town.liaison)


@by_both
async def test_it_stands_in_the_file_and_in_the_list(town: Town, by: Door) -> None:
    await goes_to_sea(town.old, "sms")
    town.clock.wind(timedelta(days=10))
    assert "到2027年2月2日" in (await town.old.says("我的资料", by="sms")).replace(" ", "")
    assert "到 2027年2月2日" in (await town.liaison.says("找 欧阳山", by=by))
    await town.passes(days=8)
    assert "说好外出到 2027年2月2日" in await town.liaison.says("失联 7天")


async def test_a_call_that_reached_them_does_not_end_it(town: Town) -> None:
    await goes_to_sea(town.member, "chat")
    town.clock.wind(timedelta(days=10))
    await town.liaison.says("找 石远")
    await town.liaison.presses("记一次电话")
    await town.liaison.presses("平安")
    assert (await town.member.file()).quiet_until is not None


@by_both
async def test_rewriting_asks_for_the_day_again(town: Town, by: Door) -> None:
    await town.member.says("我要出海三个月", by=by)
    assert "什么时候" in await town.member.says("重写", by=by)
    assert "2026年12月2日" in await town.member.says("一个月", by=by)
