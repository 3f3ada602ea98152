"""What a sender hears once nothing more happens by itself: who has it, who not, and why. (S6)"""

from __future__ import annotations

import asyncio

from sqlalchemy import update

from storage import recipients
from storage.outbox import outbox
from storage.recipients import recipients as rows
from tests.conversations.office import screen
from tests.conversations.test_lesson import plans, sends
from tests.conversations.town import Speaker, Town


async def the_ladder_ends(town: Town) -> None:
    """Whoever is left without it is the liaison's to tell: no further door is tried by itself."""
    async with town.writing() as tx:
        await tx.conn.execute(update(rows).values(next_step_at=None))
    await town.ticks()


async def is_handed_to_a_voice(town: Town, who: Speaker) -> None:
    async with asyncio.timeout(10):
        while await _step_of(town, who) != "voice":
            await town.ticks()


async def _step_of(town: Town, who: Speaker) -> str:
    async with town.reading() as tx:
        found = await tx.conn.execute(rows.select().where(rows.c.person_id == who.id))
        return str(found.one().step)


async def becomes(town: Town, who: Speaker, step: str, why: str = "") -> None:
    async with town.reading() as tx:
        found = (await tx.conn.execute(rows.select().where(rows.c.person_id == who.id))).one()
    async with town.writing() as tx:
        await recipients.note(tx, found.campaign_id, who.id, step=step, why=why or None)


async def test_nobody_is_told_while_a_door_is_still_to_be_tried(town: Town) -> None:
    await sends(town.secretary)
    await town.secretary.reads()
    await town.ticks()
    assert await town.secretary.reads() == ""
    await the_ladder_ends(town)
    assert "发完了，共 2 人" in await town.secretary.reads()
    await town.ticks()
    assert await town.secretary.reads() == ""


async def test_everybody_has_it(town: Town) -> None:
    await sends(town.secretary)
    await town.member.presses("不行，工资要用钱发")
    await the_ladder_ends(town)
    said = screen(town.secretary)
    assert "11月2日《工资被拖欠，怎么要回来》发完了，共 2 人：\n发出 2，送达 2，已答或已读 1。" in said
    assert "短信用了 3 条。" in said and "每个人都有着落了。" in said
    assert town.secretary.buttons() == ["看回执"]


async def test_who_is_missing_and_why_and_what_it_cost(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    outside = await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    found = await town.moves_in("found", "向八", "+8613900000018", liaison="liaison", joined=False)
    await sends(town.secretary)
    await is_handed_to_a_voice(town, town.old)
    await becomes(town, found, "told")
    await becomes(town, outside, "not_told")
    await the_ladder_ends(town)
    said = screen(town.secretary)
    by_voice = "联系人当面或打电话转告了 1 人。\n交给联系人去转告、还没办的 1 人。\n联系人也没找到的 1 人。"
    assert by_voice in said
    assert "没有能用的联系方式 1" in said
    assert "还差 2 人：欧阳山、谈七。" in said
    report = await town.secretary.presses("看回执")
    assert "向八 · 联系人转告了" in report and "还差 2 人" in report


async def test_what_may_have_come_twice_is_said(town: Town) -> None:
    await sends(town.secretary)
    async with town.writing() as tx:
        await tx.conn.execute(update(outbox).where(outbox.c.person_id == town.old.id).values(unsure=1))
    await the_ladder_ends(town)
    assert "可能收到两份的 1 人" in screen(town.secretary)


async def test_in_one_part_for_a_sender_with_an_old_phone(town: Town) -> None:
    carer = await town.moves_in(
        "carer", "余联", "+8613900000012", smartphone=False, on_roster=False, role="liaison"
    )
    for who in (town.member, town.old):
        await town.moves_in(who.phone.owner, who.phone.owner + "甲", f"+861390000002{who.phone.id % 10}",
                            smartphone=False, liaison="carer")  # fmt: skip
    await plans(carer, "现在", "手机防骗", by="sms")
    await carer.says("1", by="sms")
    await town.ticks()
    await carer.reads("sms")
    await the_ladder_ends(town)
    assert "完了：2人，送达2，已答0，转告0，没送到0。" in await carer.reads("sms")


async def test_called_off_by_those_above_its_sender_hears_of_it(town: Town) -> None:
    boss = await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )
    await town.clock_of(town.old, "Europe/London")
    await sends(town.secretary)
    await town.secretary.reads()
    for _ in range(2):
        await boss.says("取消发送")
    await town.ticks()
    said = await town.secretary.reads()
    assert "中途取消了，名单上共 2 人" in said and "任务取消了 1" in said
