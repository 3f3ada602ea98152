"""Chat, then SMS, then the liaison's voice: a lesson ends with everybody accounted for. (S6)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.sandbox.bot_api.refusals import too_many
from storage import campaign_life, campaigns, deliveries
from storage.addresses import addresses
from storage.outbox import outbox
from storage.recipients import recipients
from storage.tasks import tasks
from tests.conversations.office import stopped
from tests.conversations.test_lesson import SMS_LESSON, plans
from tests.conversations.test_lesson import sends as sends_only
from tests.conversations.town import Speaker, Town

LESSON = "【工资被拖欠"


async def sends(sender: Speaker) -> None:
    """And the first receipts are in."""
    await sends_only(sender)
    await sender.town.ticks()


async def state_of(town: Town, who: Speaker) -> tuple[str, str]:
    """(step, why) of the last campaign for them."""
    async with town.reading() as tx:
        row = (
            await tx.conn.execute(
                select(recipients.c.step, recipients.c.why)
                .where(recipients.c.person_id == who.id)
                .order_by(recipients.c.campaign_id.desc())
            )
        ).first()
    assert row
    return row.step, row.why or ""


async def tasks_about(town: Town, who: Speaker) -> list[Any]:
    async with town.reading() as tx:
        return list(await tx.conn.execute(select(tasks).where(tasks.c.member_id == who.id)))


@contextmanager
def telegram_out_of_reach(town: Town) -> Iterator[None]:
    def gate(_method: str, said: Mapping[str, Any]) -> None:
        if str(said.get("chat_id")) == str(town.member.phone.id):
            raise too_many(1800)

    town.world.telegram.gate = gate
    try:
        yield
    finally:
        town.world.telegram.gate = None


async def loses_the_number(town: Town, who: Speaker) -> None:
    """Only the chat is left."""
    async with town.writing() as tx:
        theirs = (addresses.c.person_id == who.id) & (addresses.c.channel == "sms")
        await tx.conn.execute(update(addresses).where(theirs).values(ended_at=town.clock.now()))


async def test_whoever_blocked_the_chat_gets_the_lesson_by_sms(town: Town) -> None:
    town.world.block(town.member.phone.id)
    await sends(town.secretary)
    assert SMS_LESSON in await town.member.reads("sms")
    await town.passes(hours=3)
    assert await tasks_about(town, town.member) == []


async def test_a_phone_that_is_off_ends_at_the_liaison_s_voice(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    assert await town.liaison.reads() == "", "what fails is gathered first"
    await town.passes(hours=1)
    heard = await town.liaison.reads()
    assert "《工资被拖欠，怎么要回来》没送到这 1 人，请您转告：\n1. 欧阳山 · 柳湾村党支部：关机" in heard
    assert await state_of(town, town.old) == ("voice", "")
    await town.passes(hours=2)
    assert await town.liaison.reads() == "", "and said once"


async def test_blocked_and_off_is_three_steps(town: Town) -> None:
    town.world.block(town.member.phone.id)
    town.world.switch_off(town.member.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    assert "1. 石远 · 柳湾村党支部" in await town.liaison.reads()


async def test_a_chat_out_of_reach_is_left_for_the_number_after_two_hours_and_not_said_twice(
    town: Town,
) -> None:
    with telegram_out_of_reach(town):
        await sends(town.liaison)
        await town.passes(hours=1)
        assert await town.member.reads("sms") == ""
        await town.passes(hours=2)
        assert SMS_LESSON in await town.member.reads("sms")
    await town.passes(hours=6)
    assert LESSON not in await town.member.reads()


async def test_whoever_has_the_chat_alone_waits_for_it(town: Town) -> None:
    await loses_the_number(town, town.member)
    with telegram_out_of_reach(town):
        await sends(town.liaison)
        await town.passes(hours=5)
    assert await tasks_about(town, town.member) == []
    await town.passes(hours=4)
    assert LESSON in await town.member.reads()


async def test_a_text_message_without_a_receipt_is_told_by_voice_after_a_day(town: Town) -> None:
    await sends(town.secretary)
    await no_receipt_came(town, town.old)
    await town.passes(hours=23)
    assert await tasks_about(town, town.old) == []
    await town.passes(hours=2)
    [task] = await tasks_about(town, town.old)
    assert task.cause == "no_receipt"


async def test_a_receipt_that_comes_late_calls_the_task_off(town: Town) -> None:
    await sends(town.secretary)
    await no_receipt_came(town, town.old)
    await town.passes(hours=26)
    await town.liaison.reads()
    [letter] = await letters_to(town, town.old)
    async with town.writing() as tx:
        await deliveries.receipt(tx, town.clock.now(), letter.id, True, "")
    [task] = await tasks_about(town, town.old)
    assert task.outcome == "answered"
    assert await state_of(town, town.old) == ("letter", "")
    await town.liaison.says("待办")
    assert "没有待办" in town.liaison.last_message().text


async def no_receipt_came(town: Town, who: Speaker) -> None:
    async with town.writing() as tx:
        of_it = (outbox.c.person_id == who.id) & (outbox.c.state == "delivered") & (outbox.c.kind == "lesson")
        await tx.conn.execute(update(outbox).where(of_it).values(state="accepted", settled_at=None))


async def letters_to(town: Town, who: Speaker) -> list[Any]:
    async with town.reading() as tx:
        query = select(outbox).where(outbox.c.person_id == who.id, outbox.c.kind == "lesson")
        return list(await tx.conn.execute(query.order_by(outbox.c.id)))


async def test_what_may_have_arrived_is_left_alone_for_a_day(town: Town) -> None:
    await sends(town.liaison)
    async with town.writing() as tx:
        of_it = (outbox.c.person_id == town.member.id) & (outbox.c.kind == "lesson")
        await tx.conn.execute(update(outbox).where(of_it).values(state="unknown", settled_at=None))
    await town.member.reads("sms")
    await town.passes(hours=20)
    assert await town.member.reads("sms") == ""
    await town.passes(hours=5)
    assert SMS_LESSON in await town.member.reads("sms")


async def test_who_stopped_and_who_never_joined_are_told_by_voice(town: Town) -> None:
    await stopped(town, town.member)
    await town.moves_in("outside", "谈七", "+8613900000017", liaison="liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    heard = await town.liaison.reads()
    assert "没送到这 2 人" in heard and "石远 · 柳湾村党支部：停收了消息" in heard
    assert "谈七 · 柳湾村党支部：还没加入" in heard


async def test_whoever_left_since_is_left_out(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await plans(town.secretary, "现在")
    await town.secretary.presses("确认")
    await town.old.says("退出", by="sms")
    await town.old.says("1", by="sms")
    await town.ticks()
    await town.passes(hours=26)
    assert (await state_of(town, town.old))[0] in ("left_out", "voice")


async def test_a_cancelled_campaign_climbs_no_further(town: Town) -> None:
    with telegram_out_of_reach(town):
        await sends(town.secretary)
        async with town.writing() as tx:
            [campaign] = await campaigns.made_by(tx, town.secretary.id)
            assert await campaign_life.cancel(tx, town.clock.now(), campaign)
        await town.passes(hours=4)
    assert await state_of(town, town.member) == ("left_out", "cancelled")
    assert await town.member.reads("sms") == ""


async def test_where_no_liaison_is_reached_the_secretary_is_asked(town: Town) -> None:
    await town.moves_in("deaf", "孔联", "+8613900000091", on_roster=False, role="liaison", joined=False)
    await town.moves_in("far", "何三", "+8613900000033", liaison="deaf", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    assert "何三" in await town.secretary.reads()


async def test_the_liaison_is_never_woken_at_night(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await plans(town.secretary, "20:15")
    await town.secretary.presses("确认")
    await town.passes(hours=13)
    assert await town.liaison.reads() == ""
    await town.passes(hours=10)
    [told] = [m for m in town.world.chat(town.liaison.phone.id) if "没送到" in m.text]
    assert told.at.astimezone(town.clock.now().tzinfo) and told.at.hour in range(13)


async def test_twelve_people_are_one_message(town: Town) -> None:
    for n in range(14):
        await town.moves_in(f"m{n}", f"何{n}", f"+86139000001{n:02}", liaison="liaison", joined=False)
    await sends(town.secretary)
    await town.passes(hours=1)
    told = [m for m in town.world.chat(town.liaison.phone.id) if "没送到" in m.text]
    assert len(told) == 1
    assert "没送到这 14 人" in told[0].text and "还有 2 人，点“看全部”" in told[0].text
    assert len([label for label in town.liaison.buttons() if "何**" in label]) == 12
    await town.liaison.presses("看全部")
    assert "待办 14 件" in town.liaison.last_message().text
    await town.liaison.presses("下一页")
    assert "14. 转告 · 何" in town.liaison.last_message().text


async def test_a_clock_that_ticks_again_makes_nothing_twice(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    for _ in range(3):
        town.clock.wind(timedelta(minutes=40))
        await town.ticks()
    assert len(await tasks_about(town, town.old)) == 1
    assert len(await letters_to(town, town.old)) == 1
