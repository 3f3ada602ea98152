"""Nobody is woken by what nobody waits for, no office holder either; what cannot wait does come."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.conversations.town import Town


@pytest.fixture
async def night(town: Town) -> Town:
    """Monday, eleven in the evening; everybody has read what came by day."""
    await town.passes(hours=13)
    await all_read(town)
    return town


async def all_read(town: Town) -> None:
    for who in town.people.values():
        if who.phone.smartphone:
            await who.reads()
        await who.reads("sms")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["我搬到苏州了", "对"], "苏州"),
        (["换厂了，到恒力做挡车工", "对"], "工作"),
        (["我回老家了", "对"], "石远"),
        (["我想提个意见，学习材料太长了", ""], "太长"),
    ],
)
async def test_a_change_told_at_night_is_passed_on_in_the_morning(
    night: Town, said: list[str], told: str
) -> None:
    await night.member.says(said[0])
    if said[1]:
        await night.member.presses(said[1])
    assert await night.liaison.reads() == ""
    await night.passes(hours=8, minutes=59)
    assert await night.liaison.reads() == ""
    await night.passes(minutes=2)
    assert told in await night.liaison.reads()


async def test_an_answer_comes_at_any_hour(night: Town) -> None:
    assert "石远" in await night.member.says("签到")


async def test_one_who_helps_from_far_away_is_told_by_their_own_clock(town: Town) -> None:
    """The liaison has a file too, and works in London."""
    far = await town.moves_in("far", "孔联", "+8613900000061", role="liaison")
    await town.clock_of(far, "Europe/London")
    mate = await town.moves_in("mate", "何三", "+8613900000062", liaison="far")
    await mate.says("我搬到苏州了")
    await mate.presses("对")
    assert await far.reads() == "", "it is two at night there"
    await town.passes(hours=5, minutes=59)
    assert await far.reads() == ""
    await town.passes(minutes=2)
    assert "苏州" in await far.reads()


async def test_urgent_help_wakes_both(night: Town) -> None:
    assert "110" in await night.member.says("救命")
    for reader in (night.liaison, night.secretary):
        assert "紧急求助" in await reader.reads()
    await night.member.says("没事了")
    for reader in (night.liaison, night.secretary):
        assert "没事了" in await reader.reads(), "who set out is called back at once"


async def test_urgent_help_that_fails_goes_up_at_night(night: Town) -> None:
    boss = await night.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=night.committee
    )
    for reader in (night.liaison, night.secretary):
        night.world.switch_off(reader.phone.id)
        night.world.block(reader.phone.id)
    await night.member.says("救命")
    await night.passes(minutes=2)
    assert "没能送到该收的人" in await boss.reads()


async def test_help_that_can_wait_waits_and_the_member_hears_so(night: Town) -> None:
    said = await night.member.says("工资拖了两个月")
    assert "12333" in said and "8:00 就转告" in said and "110" in said
    assert await night.liaison.reads() == ""
    await night.passes(hours=9, minutes=1)
    assert "工资拖了两个月" in await night.liaison.reads()


async def test_help_by_sms_at_night_hears_when_somebody_will_answer(night: Town) -> None:
    asked = await night.old.says("QZ", by="sms")
    assert "马上转给联系人" not in asked and "8:00转给联系人" in asked and "等不得回“救命”" in asked
    said = await night.old.says("工资拖了两个月", by="sms")
    assert "8:00转告联系人" in said and "等不得回“救命”" in said
    assert await night.liaison.reads() == ""


@pytest.mark.parametrize("words", ["求助", "QZ", "求助 工资拖了两个月"])
async def test_every_way_to_ask_says_it(night: Town, words: str) -> None:
    assert "8:00" in await night.old.says(words, by="sms")
    assert "8:00" in await night.member.says(words)


async def test_a_take_over_is_told_at_once(night: Town) -> None:
    """Whoever steals a number does it at night, when the alarm would lie there until morning."""
    await night.member.says("换号 13900000099")
    await night.member.presses("对")
    assert "有人用您的名义" in await night.member.reads("sms")


async def test_rounds_and_reports_come_by_the_reader_s_clock(town: Town) -> None:
    """Half past eight on Monday morning in the village is half past midnight in London."""
    far = await town.moves_in("far", "孔联", "+8613900000061", role="liaison")
    await town.clock_of(far, "Europe/London")
    await town.moves_in("mate", "何三", "+8613900000062", liaison="far")
    seen: list[int] = []
    for _ in range(24 * 60):
        await town.passes(hours=1)
        if await far.reads():
            seen.append(town.clock.now().astimezone(ZoneInfo("Europe/London")).hour)
    assert seen and all(8 <= hour <= 20 for hour in seen)


async def test_a_holiday_morning_is_let_pass(town: Town) -> None:
    """New Year's Day 2027: what was told in the night comes at noon."""
    await town.passes(days=59, hours=13)
    await all_read(town)
    await town.member.says("我搬到苏州了")
    await town.member.presses("对")
    await town.passes(hours=12, minutes=59)
    assert "苏州" not in await town.liaison.reads()
    await town.passes(minutes=2)
    assert "苏州" in await town.liaison.reads()


async def test_a_reminder_by_hand_waits_for_the_morning_and_says_so(night: Town) -> None:
    await night.passes(days=40)
    await all_read(night)
    await night.liaison.says("找 石远")
    said = await night.liaison.presses("提醒")
    assert "那边是夜里" in said and "08:00 再提醒" in said
    assert await night.member.reads() == ""
    await night.passes(hours=9, minutes=1)
    assert await night.member.reads()
