"""While it goes out: one message that is written anew, and none for whoever has only SMS. (S5)"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from storage.progress import campaign_progress
from tests.conversations.office import screen
from tests.conversations.test_lesson import plans, sends
from tests.conversations.town import Speaker, Town

SECONDS = timedelta(seconds=6)


async def asleep(town: Town, sender: Speaker | None = None) -> None:
    """The old phone's owner lives where it is night: the lesson is under way until four in the afternoon."""
    await town.clock_of(town.old, "Europe/London")
    await sends(sender or town.secretary)
    town.clock.wind(SECONDS)
    await town.ticks()


def bars(who: Speaker) -> list[str]:
    return [
        m.text
        for m in who.town.world.chat(who.phone.id)
        if m.from_bot and " / 2 人" in m.text and "▓" in m.text
    ]


async def test_one_message_tells_how_far_it_is(town: Town) -> None:
    await asleep(town)
    [said] = bars(town.secretary)
    assert "11月2日《工资被拖欠，怎么要回来》正在发：\n▓▓▓▓▓░░░░░ 1 / 2 人\n送达 1，已答 0，发不到 0" in said
    assert "有 1 人那里还不到时候，等到 16:00 再发。" in said
    assert town.secretary.buttons() == ["暂停", "取消", "看回执"]


async def test_it_is_written_anew_and_stops_at_the_end(town: Town) -> None:
    await asleep(town)
    await town.member.presses("不行，工资要用钱发")
    town.clock.wind(SECONDS)
    await town.ticks()
    [said] = bars(town.secretary)
    assert "已答 1" in said
    await town.passes(hours=7)
    town.clock.wind(SECONDS)
    await town.ticks()
    [said] = bars(town.secretary)
    assert "发完了：\n▓▓▓▓▓▓▓▓▓▓ 2 / 2 人" in said
    async with town.reading() as tx:
        [ended] = (await tx.conn.execute(select(campaign_progress.c.ended_at))).scalars()
    assert ended is not None


async def test_not_more_often_than_every_few_seconds_and_only_when_it_changed(town: Town) -> None:
    await asleep(town)
    edits: list[str] = []
    town.world.telegram.gate = lambda method, _said: edits.append(method)
    await town.member.presses("不行，工资要用钱发")
    await town.ticks()
    assert "editmessagetext" not in edits
    town.clock.wind(SECONDS)
    for _ in range(3):
        await town.ticks()
        town.clock.wind(SECONDS)
    assert edits.count("editmessagetext") == 1


async def test_paused_and_gone_on_with_in_the_same_message(town: Town) -> None:
    await asleep(town)
    await town.secretary.presses("暂停")
    assert "暂停了，没发的先不发" in screen(town.secretary) and len(bars(town.secretary)) == 1
    assert town.secretary.buttons() == ["继续", "取消", "看回执"]
    town.clock.wind(SECONDS)
    await town.ticks()
    assert town.secretary.buttons() == ["继续", "取消", "看回执"]
    await town.secretary.presses("继续")
    assert "正在发" in screen(town.secretary) and len(bars(town.secretary)) == 1
    await town.secretary.presses("取消")
    town.clock.wind(SECONDS)
    await town.ticks()
    assert "取消了，没发的不发了" in bars(town.secretary)[0] and len(bars(town.secretary)) == 1


async def test_what_is_out_at_once_has_no_bar(town: Town) -> None:
    await sends(town.secretary)
    town.clock.wind(SECONDS)
    await town.ticks()
    assert bars(town.secretary) == []


async def test_whoever_has_only_sms_hears_nothing_of_it(town: Town) -> None:
    carer = await town.moves_in(
        "carer", "余联", "+8613900000012", smartphone=False, on_roster=False, role="secretary"
    )
    await town.clock_of(town.old, "Europe/London")
    await plans(carer, "现在", "手机防骗", by="sms")
    await carer.says("1", by="sms")
    await town.ticks()
    await carer.reads("sms")
    for _ in range(3):
        town.clock.wind(SECONDS)
        await town.ticks()
    assert await carer.reads("sms") == ""


async def test_a_message_that_was_deleted_comes_once_more(town: Town) -> None:
    await asleep(town)
    chat = town.world.chat(town.secretary.phone.id)
    chat.remove(town.secretary.last_message())
    await town.member.presses("不行，工资要用钱发")
    for _ in range(2):
        town.clock.wind(SECONDS)
        await town.ticks()
    assert len(bars(town.secretary)) == 1
