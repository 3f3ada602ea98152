"""The machine was off for hours: what was meant for then asks first, a lesson goes late by day. (S24)"""

from __future__ import annotations

from datetime import timedelta

from bot.clockwork import Clockwork
from storage.pulse import pulse
from tests.conversations.office import screen
from tests.conversations.test_lesson import plans
from tests.conversations.town import Town


async def stands_still(town: Town, hours: float) -> None:
    """The process ends, and another one starts so much later."""
    town.clock.wind(timedelta(hours=hours))
    app = town.rehearsal.app
    app.clockwork = Clockwork(
        app.database, town.clock, app.clockwork.timetable, "Asia/Shanghai", app.sending.wake
    )
    await town.ticks()


async def plans_a_notice(town: Town) -> None:
    await town.secretary.says("发通知 今天下午三点开会。")
    await town.secretary.presses("时间")
    await town.secretary.says("今天 13:00")
    await town.secretary.presses("确认")


async def test_a_notice_that_is_hours_late_asks_first(town: Town) -> None:
    await plans_a_notice(town)
    await stands_still(town, 24)
    assert await town.member.reads() == "" and await town.old.reads("sms") == ""
    asked = screen(town.secretary)
    assert "通知“今天下午三点开会。”原定 11月2日 13:00 发" in asked and "还要发吗" in asked
    assert town.secretary.buttons() == ["照发", "不发了"]
    await town.passes(hours=3)
    assert await town.member.reads() == ""
    await town.secretary.presses("照发")
    await town.ticks()
    assert "今天下午三点开会" in await town.member.reads()
    assert "今天下午三点开会" in await town.old.reads("sms")


async def test_it_can_be_let_be(town: Town) -> None:
    await plans_a_notice(town)
    await stands_still(town, 24)
    await town.secretary.presses("不发了")
    await town.passes(days=1)
    assert await town.member.reads() == ""


async def test_by_sms(town: Town) -> None:
    carer = await town.moves_in(
        "carer", "余联", "+8613900000012", smartphone=False, on_roster=False, role="secretary"
    )
    await carer.says("发通知 今天下午三点开会。", by="sms")
    await carer.says("今天 13:00", by="sms")
    await carer.presses("确认", by="sms")
    await stands_still(town, 24)
    asked = await carer.reads("sms")
    assert "还要发吗" in asked and "回1 照发 回2 不发了" in asked
    assert await town.member.reads() == ""
    await carer.says("1", by="sms")
    await town.ticks()
    assert "今天下午三点开会" in await town.member.reads()


async def test_an_hour_late_it_just_goes(town: Town) -> None:
    await plans_a_notice(town)
    await stands_still(town, 4.5)
    assert "今天下午三点开会" in await town.member.reads()


async def test_a_lesson_goes_late_and_unasked(town: Town) -> None:
    await plans(town.secretary, "今天 13:00")
    await town.secretary.presses("确认")
    await stands_still(town, 24)
    assert "【工资被拖欠" in await town.member.reads()


async def test_a_greeting_is_over(town: Town) -> None:
    await town.secretary.says("发祝福 节日快乐！")
    await town.secretary.presses("时间")
    await town.secretary.says("今天 13:00")
    await town.secretary.presses("确认")
    await stands_still(town, 24)
    assert await town.member.reads() == ""


async def test_the_rest_of_one_that_ran_asks_too(town: Town) -> None:
    await town.clock_of(town.old, "Europe/London")
    await town.secretary.says("发通知 今天下午三点开会。")
    await town.secretary.presses("确认")
    await town.ticks()
    assert "三点开会" in await town.member.reads()
    await stands_still(town, 30)
    assert await town.old.reads("sms") == ""
    asked = await town.secretary.reads()
    assert "发到一半停下了，还有 1 人没发" in asked and "还要接着发吗" in asked
    await town.secretary.presses("接着发")
    await town.ticks()
    assert "三点开会" in await town.old.reads("sms")
    assert await town.member.reads() == ""


async def test_time_that_only_passes_is_no_outage(town: Town) -> None:
    await plans_a_notice(town)
    await town.passes(hours=30)
    assert "今天下午三点开会" in await town.member.reads()


async def test_when_it_stood_still_and_what_was_made_up_is_known(town: Town) -> None:
    await stands_still(town, 72)
    async with town.reading() as tx:
        still = (await pulse(tx, town.clock.now())).stood_still
    assert still is not None
    assert still.ended - still.began == timedelta(hours=72)
    # Each morning's reminders, report and tallies of three days; of each the last does the work of all.
    assert (still.late, still.made_up, still.let_go) == (3, 6, 0)
