"""发课: a lesson at night is asked about, and another hour is a correction. (S5)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.town import Door, Town

by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@by_both
@pytest.mark.parametrize("hour", ["今晚23:30", "今晚 20:45", "半夜两点", "明天早上七点"])
async def test_the_night_is_asked_about_and_the_morning_stands_first(town: Town, hour: str, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    asked = await town.secretary.says(hour, by=by)
    assert "会吵醒人" in asked and "11月3日 08:00" in asked
    await town.secretary.presses("改到早上", by=by)
    await town.secretary.presses("确认", by=by)
    await town.passes(hours=21)
    assert await town.old.reads("sms") == ""
    await town.passes(hours=2)
    assert "手机防骗" in await town.member.reads()


async def test_whoever_means_the_night_gets_it(town: Town) -> None:
    await town.secretary.says("发课 防骗")
    await town.secretary.says("今晚23:30")
    assert "时间：11月2日 23:30" in await town.secretary.presses("照样发")
    assert "排好了：11月2日 23:30" in await town.secretary.presses("确认")


async def test_now_is_asked_about_by_night_too(town: Town) -> None:
    town.clock.wind(timedelta(hours=12))
    await town.secretary.says("发课 防骗")
    assert "会吵醒人" in await town.secretary.presses("现在就发")


@by_both
async def test_another_hour_at_the_confirmation_is_a_correction(town: Town, by: Door) -> None:
    await town.secretary.says("发课 防骗", by=by)
    await town.secretary.says("明天 19:30", by=by)
    assert "11月3日 12:00" in await town.secretary.says("明天中午12点", by=by)
    assert "11月3日 12:00" in await town.secretary.presses("确认", by=by)


@by_both
async def test_lesson_and_hour_in_one_line(town: Town, by: Door) -> None:
    assert "11月3日 09:00" in await town.secretary.says("发课 防骗 明天早上九点", by=by)
    assert "排好了" in await town.secretary.presses("确认", by=by)
