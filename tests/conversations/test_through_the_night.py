"""A lesson from eight in the evening on, and what is meant for the night: each in their own hours. (S5)"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conversations.test_by_night import all_read
from tests.conversations.test_ladder import LESSON, tasks_about
from tests.conversations.test_lesson import SMS_LESSON, plans, sends
from tests.conversations.town import Town

URUMQI = "Asia/Shanghai Asia/Urumqi"


@pytest.fixture
async def evening(town: Town) -> Town:
    """Eight in the evening: half an hour is left in Shanghai; in London it is noon."""
    for handle, zone in (("west", URUMQI), ("far", "Europe/London")):
        who = await town.moves_in(handle, f"何{handle}", f"+86139000000{len(handle)}1", liaison="liaison")
        await town.clock_of(who, zone)
    await town.passes(hours=10)
    await all_read(town)
    return town


async def test_each_gets_it_in_their_own_hours(evening: Town) -> None:
    await sends(evening.secretary)
    for who in (evening.member, evening.west, evening.far):
        assert LESSON in await who.reads()
    assert SMS_LESSON in await evening.old.reads("sms")


async def test_begun_too_late_it_comes_in_the_morning_and_nobody_is_called(evening: Town) -> None:
    """Planned for half past eight by whoever thought of Shanghai alone; ten minutes late."""
    await plans(evening.secretary, "今晚20:30")
    await evening.secretary.presses("确认")
    evening.clock.wind(timedelta(minutes=40))
    await evening.ticks()
    assert LESSON in await evening.far.reads()
    assert LESSON not in await evening.member.reads() and LESSON not in await evening.west.reads()
    await evening.passes(hours=11, minutes=15)
    assert LESSON not in await evening.member.reads(), "it is five to eight"
    await evening.passes(minutes=10)
    assert LESSON in await evening.member.reads()
    assert SMS_LESSON in await evening.old.reads("sms")
    assert LESSON not in await evening.west.reads(), "the sun has not risen there"
    await evening.passes(hours=2)
    assert LESSON in await evening.west.reads()
    await evening.passes(hours=3)
    for who in (evening.member, evening.old, evening.west, evening.far):
        assert await tasks_about(evening, who) == []


async def test_what_fails_in_the_evening_is_told_to_the_liaison_in_the_morning(evening: Town) -> None:
    """What fails is gathered for half an hour: then it is a minute too late to write to anybody."""
    evening.world.switch_off(evening.far.phone.id)
    evening.world.block(evening.far.phone.id)
    await sends(evening.secretary)
    await evening.passes(hours=1)
    assert await tasks_about(evening, evening.far)
    assert "没送到" not in await evening.liaison.reads()
    await evening.passes(hours=11, minutes=30)
    assert "没送到" in await evening.liaison.reads()


async def test_an_emergency_comes_to_all_at_once_and_to_the_liaison_too(evening: Town) -> None:
    await evening.passes(hours=3)
    evening.world.switch_off(evening.old.phone.id)
    await evening.secretary.says("发通知 台风今夜登陆，请马上转移到高处。")
    await evening.secretary.presses("改时间")
    await evening.secretary.presses("现在就发")
    await evening.secretary.presses("照样发")
    await evening.secretary.presses("确认")
    await evening.ticks()
    for who in (evening.member, evening.west, evening.far):
        assert "台风今夜登陆" in await who.reads()
    await evening.passes(hours=1)
    assert "欧阳山" in await evening.liaison.reads(), "whoever cannot be reached is called in the night"


async def test_a_holiday_s_morning(town: Town) -> None:
    """New Year's Day: sent at nine it comes at noon; urgent help does not wait."""
    await town.passes(days=59, hours=23)
    await all_read(town)
    await town.secretary.says("发通知 明天停水")
    await town.secretary.presses("确认")
    await plans(town.secretary, "现在")
    await town.secretary.presses("改到中午")
    await town.secretary.presses("确认")
    assert await town.member.reads() == ""
    assert "110" in await town.member.says("救命")
    assert "紧急求助" in await town.liaison.reads()
    await town.passes(hours=2, minutes=55)
    assert await town.member.reads() == ""
    await town.passes(minutes=10)
    heard = await town.member.reads()
    assert LESSON in heard and "明天停水" in heard
