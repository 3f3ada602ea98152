"""A number that fails twice for good is suspect; it rests and is tried again, never the person. (S2)"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from storage import addresses as known
from storage import clearness, members, suspects
from storage.addresses import addresses
from storage.viewer import the_programme
from tests.conversations.test_ladder import sends, state_of, tasks_about
from tests.conversations.town import Speaker, Town


async def number_of(town: Town, who: Speaker, channel: str = "sms") -> Any:
    async with town.reading() as tx:
        query = select(addresses).where(addresses.c.person_id == who.id, addresses.c.channel == channel)
        return (await tx.conn.execute(query)).one()


async def what_is_unclear(town: Town, who: Speaker) -> list[str]:
    async with town.reading() as tx:
        found = await clearness.of_member(tx, the_programme(), who.id)
    assert found
    return list(found.points)


async def fails_twice(town: Town, who: Speaker) -> None:
    """Two lessons, four days apart."""
    town.world.number_dies(who.phone.id)
    await sends(town.secretary)
    await town.passes(days=4)
    await sends(town.secretary)


async def test_after_the_first_failure_it_rests_three_days_and_is_tried_again(town: Town) -> None:
    town.world.number_dies(town.old.phone.id)
    await sends(town.secretary)
    number = await number_of(town, town.old)
    assert number.suspended_at and number.suspended_until and not number.suspect_at
    assert "contact" not in await what_is_unclear(town, town.old)
    town.world.number_lives(town.old.phone.id)
    await town.passes(days=3, hours=1)
    assert (await number_of(town, town.old)).suspended_at is None
    await town.old.reads("sms")
    await sends(town.secretary)
    assert "工资要用钱发" in await town.old.reads("sms")


async def test_two_failures_days_apart_make_it_suspect(town: Town) -> None:
    await fails_twice(town, town.old)
    number = await number_of(town, town.old)
    assert number.suspect_at and number.suspended_until is None


async def test_the_file_the_six_and_a_task_show_it(town: Town) -> None:
    await fails_twice(town, town.old)
    assert "contact" in await what_is_unclear(town, town.old)
    await town.passes(hours=1)
    heard = await town.liaison.reads()
    assert "有 1 个人的手机号看来不对，请您核实：\n1. 欧阳山 · 柳湾村党支部：空号" in heard
    shown = await town.liaison.says("找 欧阳山")
    assert "手机：139 0000 0004（看来不对：空号）" in shown and "联系" in shown.split("六清还缺")[1]
    await town.liaison.says("六清")
    assert "欧阳山" in town.liaison.last_message().text


async def test_the_task_says_where_to_ask_and_the_liaison_may_say_it_is_right(town: Town) -> None:
    file = await town.old.file()
    async with town.writing() as tx:
        await members.note_texts(tx, file, family_phone="13900009999")
    await fails_twice(town, town.old)
    await town.passes(hours=1)
    await town.liaison.says("待办")
    await open_the_number(town)
    told = town.liaison.last_message().text
    assert "欧阳山（柳湾村党支部）的手机号看来不对" in told and "家属电话：13900009999" in told
    assert town.liaison.buttons() == ["改手机号", "号码没错", "没问到"]
    assert "按没错记下了" in await town.liaison.presses("号码没错")
    number = await number_of(town, town.old)
    assert number.suspect_at is None and number.suspended_at is None


async def open_the_number(town: Town) -> None:
    lines = town.liaison.last_message().text.splitlines()
    [number] = [line.split(".")[0] for line in lines if "核实号码" in line]
    await town.liaison.presses(f"{number}. 欧阳**")


async def test_a_word_from_it_clears_all_of_that(town: Town) -> None:
    await fails_twice(town, town.old)
    await town.passes(hours=1)
    town.world.number_lives(town.old.phone.id)
    await town.old.says("签到", by="sms")
    number = await number_of(town, town.old)
    assert not (number.suspect_at or number.suspended_at or number.failed_at)
    assert "contact" not in await what_is_unclear(town, town.old)
    assert {task.outcome for task in await tasks_about(town, town.old) if task.kind == "number_wrong"} == {
        "cleared"
    }


async def test_a_new_number_closes_it(town: Town) -> None:
    town.world.block(town.member.phone.id)
    await fails_twice(town, town.member)
    await town.ticks()
    assert [task.outcome for task in await tasks_about(town, town.member) if task.kind == "number_wrong"] == [
        None
    ]
    async with town.writing() as tx:
        await known.end(tx, town.clock.now(), (await number_of(town, town.member)).id)
    await town.ticks()
    assert [task.outcome for task in await tasks_about(town, town.member) if task.kind == "number_wrong"] == [
        "replaced"
    ]


async def test_a_blocked_chat_and_a_phone_that_is_off_are_no_wrong_number(town: Town) -> None:
    town.world.block(town.member.phone.id)
    town.world.switch_off(town.member.phone.id)
    await sends(town.secretary)
    await town.passes(days=4)
    await sends(town.secretary)
    assert (await number_of(town, town.member)).suspended_at is None, "a phone is off, and on again"
    chat = await number_of(town, town.member, "telegram")
    assert chat.suspended_for == "chat_blocked" and not chat.suspect_at and not chat.suspended_until
    await town.passes(hours=1)
    assert [task.kind for task in await tasks_about(town, town.member)] == ["tell", "tell"]


async def test_a_call_that_reached_a_stranger_makes_it_suspect_at_once(town: Town) -> None:
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    await town.liaison.presses("欧阳**")
    await town.liaison.presses("没联系上")
    await town.liaison.presses("号码不对")
    number = await number_of(town, town.old)
    assert number.suspect_at and number.suspended_for == "said_wrong"
    assert await state_of(town, town.old) == ("not_told", "wrong_number")


async def test_the_member_reads_in_the_chat_that_the_number_seems_wrong(town: Town) -> None:
    async with town.writing() as tx:
        await suspects.doubt(tx, town.clock.now(), (await number_of(town, town.member)).id, "no_such_number")
    assert "139 0000 0003（看来不对，换了请写“换号码”）" in await town.member.says("我的资料")
