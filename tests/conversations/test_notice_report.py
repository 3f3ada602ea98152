"""回执 of a notice: called by its own words, and told by who has read it; nobody answers a notice. (S24)"""

from __future__ import annotations

from tests.conversations.office import screen
from tests.conversations.test_account import the_ladder_ends
from tests.conversations.test_progress import SECONDS, bars
from tests.conversations.town import Town

WORDS = "明天上午停水，请提前备水。"


async def goes_out(town: Town, order: str = f"发通知 {WORDS}") -> None:
    await town.secretary.says(order)
    await town.secretary.presses("确认")
    await town.ticks()


async def test_it_is_called_by_its_own_words(town: Town) -> None:
    await goes_out(town)
    await town.secretary.says("回执")
    assert town.secretary.buttons()[0] == "11月2日通知“明天上午停水，请提前备水。”"
    report = await town.secretary.presses("明天上午停水")
    assert report.startswith("11月2日通知“明天上午停水，请提前备水。”\n")


async def test_who_has_read_it_and_who_has_it(town: Town) -> None:
    await goes_out(town)
    await town.member.presses("收到")
    report = await town.secretary.presses("看回执")
    assert "共 2 人：发出 2，送达 2，已读 1，还没读 1，发不到 0。" in report
    assert "石远 · 已读" in report and "欧阳山 · 已送达\n" in report
    assert "答" not in report
    assert "谁还没读" in town.secretary.buttons()
    assert "还没读的：\n1. 欧阳山" in await town.secretary.presses("谁还没读")


async def test_all_have_read_it(town: Town) -> None:
    await goes_out(town, "发提醒 请月底前交党费。")
    await town.member.presses("收到")
    await town.old.says("收到", by="sms")
    await town.secretary.presses("看回执")
    assert "都读了，没有落下谁" in await town.secretary.presses("谁还没读")


async def test_while_it_goes_out_nobody_has_answered_it_either(town: Town) -> None:
    await town.clock_of(town.old, "Europe/London")
    await goes_out(town)
    await town.member.presses("收到")
    town.clock.wind(SECONDS)
    await town.ticks()
    [said] = bars(town.secretary)
    assert "送达 1，已读 1，发不到 0" in said and "已答" not in said


async def test_its_account_speaks_of_reading(town: Town) -> None:
    await goes_out(town)
    await town.member.presses("收到")
    await the_ladder_ends(town)
    assert "发出 2，送达 2，已读 1。" in screen(town.secretary)


async def test_by_sms(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}", by="sms")
    await town.secretary.presses("确认", by="sms")
    await town.ticks()
    await town.old.says("收到", by="sms")
    listed = await town.secretary.says("回执", by="sms")
    assert "回1 11月2日通知“明天上午停水…”" in listed
    report = await town.secretary.says("1", by="sms")
    assert "共 2 人：发出 2，送达 2，已读 1，还没读 1，发不到 0。" in report


async def test_what_a_liaison_sees_of_it(town: Town) -> None:
    await goes_out(town)
    await town.member.presses("收到")
    await town.liaison.says("回执")
    assert "石远 · 已读" in await town.liaison.presses("明天上午停水")


async def test_a_draft_that_was_never_sent_is_no_report(town: Town) -> None:
    await town.secretary.says(f"发通知 {WORDS}")
    await town.secretary.presses("取消")
    assert "还没有发过" in await town.secretary.says("回执")
    await town.secretary.says("发课 防骗")
    await town.secretary.says("明天 19:30")
    await town.secretary.presses("取消")
    await town.secretary.says(f"发通知 {WORDS}")
    assert "还没有发过" in await town.secretary.says("回执")
    await town.secretary.says("写到一半", by="sms")
    assert "还没有发过" in await town.secretary.says("回执", by="sms")
