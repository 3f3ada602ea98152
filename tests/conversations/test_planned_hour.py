"""When it goes out, as senders say it: understood or asked for, never taken for today. (S5, S24)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])
NOTICE = "发通知 明天停水。"


@by_both
async def test_a_day_in_any_form(town: Town, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    for said, when in {
        "周五19:30": "11月6日 19:30",
        "11/5 8点": "11月5日 08:00",
        "5日 8点": "11月5日 08:00",
        "后晚8点": "11月4日 20:00",
        "tomorrow 8点": "11月3日 08:00",
        "Dec 1 19:30": "12月1日 19:30",
        "明早": "11月3日 08:00",
        "明晚": "11月3日 19:30",
        "半小时后": "11月2日 10:30",
    }.items():
        assert when in await town.secretary.says(said, by=by), said
    assert "现在" in await town.secretary.says("现在发", by=by)


@by_both
@pytest.mark.parametrize("said", ["下周 8点", "过几天 20:00", "next week 20:00", "13/45 20:00"])
async def test_a_day_that_was_not_understood_is_asked_for_and_the_hour_kept(
    town: Town, said: str, by: Door
) -> None:
    await town.secretary.says("发课 防骗", by=by)
    assert "哪天" in await town.secretary.says(said, by=by)
    assert "11月6日 08:00" in (told := await town.secretary.says("周五", by=by)) or "11月6日 20:00" in told


@by_both
async def test_the_day_is_kept_while_the_hour_is_asked_for(town: Town, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    assert "11月6日，那天几点发" in await town.secretary.says("周五", by=by)
    assert "11月6日 20:00" in await town.secretary.says("20:00", by=by)
    await town.secretary.says("改时间", by=by)
    assert "那天几点发" in await town.secretary.says("明天下午", by=by)
    assert "11月3日 15:30" in await town.secretary.says("3:30", by=by)


@by_both
async def test_the_hour_is_kept_while_the_day_is_asked_for(town: Town, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    assert "已经过了。哪天 08:00 发" in await town.secretary.says("早上8点", by=by)
    assert "11月4日 08:00" in await town.secretary.says("后天", by=by)


@by_both
async def test_of_two_hours_none_is_guessed(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    assert "那天几点发" in await town.secretary.says("明天下午三点或四点", by=by)
    assert "11月3日，那天几点发" in await town.secretary.says("好的", by=by), "the day is not forgotten"
    await town.passes(days=2)
    assert await town.member.reads() == ""
    await town.secretary.says("改时间", by=by)
    await town.secretary.says("明天三点或四点", by=by)
    assert "11月5日 16:00" in await town.secretary.says("下午四点", by=by)


@by_both
async def test_more_than_a_time_changes_no_time(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    for words in ("明天 19:30 石远不用收", "会议改到明天19:30了，告诉大家"):
        assert "19:30" not in await town.secretary.says(words, by=by)
    assert "现在" in (told := await town.secretary.says("确认", by=by)) and "19:30" not in told


@by_both
async def test_midnight_is_the_night_to_come(town: Town, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    assert "11月3日 08:00" in await town.secretary.says("今晚12点", by=by)
    assert "11月3日 00:00" in await town.secretary.presses("照样发", by=by)


@by_both
@pytest.mark.parametrize("words", ["算了", "不发了", "取消"])
async def test_given_up_while_the_hour_is_asked_for(town: Town, words: str, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    assert "不发了" in await town.secretary.says(words, by=by)
    assert "没有在写的" in await town.secretary.says("草稿", by=by)


@by_both
async def test_only_the_change_is_given_up_where_an_hour_stood(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    await town.secretary.says("明天 19:30", by=by)
    await town.secretary.says("改时间", by=by)
    assert "11月3日 19:30" in await town.secretary.says("算了", by=by)
    assert "不发了" in await town.secretary.says("不发了", by=by)
    assert "没有在写的" in await town.secretary.says("草稿", by=by)


@by_both
async def test_put_off_it_stays_on_the_desk(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    assert "草稿留着" in await town.secretary.says("先不发了", by=by)
    assert "正在发出" not in await town.secretary.says("好的", by=by)
    await town.ticks()
    assert await town.member.reads() == ""
    assert "没有在写的" not in await town.secretary.says("草稿", by=by)


@by_both
async def test_sent_in_one_word(town: Town, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    assert "正在发出" in await town.secretary.says("发送", by=by)


@by_both
@pytest.mark.parametrize(
    ("said", "ends"), [("有效期三天", "11月5日"), ("有效期到周五", "11月6日"), ("有效到 11月5日", "11月5日")]
)
async def test_how_long_it_holds(town: Town, said: str, ends: str, by: Door) -> None:
    await town.secretary.says(NOTICE, by=by)
    told = await town.secretary.says(said, by=by)
    assert "没看懂" not in told
    if by == "chat":
        assert f"有效到 {ends} 24:00" in told


@by_both
async def test_at_night_the_preview_says_who_rests_and_an_urgent_notice_may_go_out(
    town: Town, by: Door
) -> None:
    town.clock.wind(timedelta(hours=12))
    told = await town.secretary.says("发通知 台风来了，请待在屋里。", by=by)
    assert "休息" in told and "11月3日 08:00" in told
    assert "夜里也发" in (told if by == "sms" else town.secretary.buttons())
    await town.secretary.says("夜里也发", by=by)
    await town.secretary.says("确认", by=by)
    await town.ticks()
    assert "台风" in await town.old.reads("sms")


@by_both
@pytest.mark.parametrize("order", ["发祝福 中秋快乐。", "发提醒 请交党费。"])
async def test_nothing_else_is_offered_for_the_night(town: Town, order: str, by: Door) -> None:
    town.clock.wind(timedelta(hours=12))
    told = await town.secretary.says(order, by=by)
    if by == "chat":
        assert "夜里也发" not in town.secretary.buttons()
    assert "夜里也发" not in told
    assert "等到早上" in await town.secretary.says("夜里也发", by=by)


async def test_by_day_the_night_is_not_offered(town: Town) -> None:
    await town.secretary.says(NOTICE)
    assert "夜里也发" not in town.secretary.buttons()


@by_both
async def test_on_a_holiday_it_begins_at_noon_and_says_so(town: Town, by: Door) -> None:
    """The day before New Year's Day 2027."""
    town.clock.wind(timedelta(days=59, hours=10))
    asked = await town.secretary.says("发课 防骗", by=by)
    assert "1月1日放假，中午才开始发" in asked
    assert "08:00" not in asked + "".join(town.secretary.buttons() if by == "chat" else [])
    assert "放假" in (told := await town.secretary.says("明天 9:00", by=by)) and "12:00" in told
    told = await town.secretary.presses("改到中午", by=by)
    assert "1月1日 12:00" in told
    town.clock.wind(timedelta(hours=13))
    told = await town.secretary.says(NOTICE, by=by)
    assert "1月1日 12:00" in told and "放假" in told
