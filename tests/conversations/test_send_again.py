"""再发给没收到的: one tap, those alone, once. (S6)"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.addresses import addresses
from storage.campaigns import campaigns
from storage.coverage import in_sight
from storage.sending_again import send_again
from storage.viewer import the_programme
from tests.conversations.test_account import the_ladder_ends
from tests.conversations.test_ladder import tasks_about
from tests.conversations.test_lesson import SMS_LESSON, sends
from tests.conversations.town import Town


async def one_is_off(town: Town) -> None:
    """The old phone was off as the lesson came, and is on again."""
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await the_ladder_ends(town)
    town.world.switch_on(town.old.phone.id)
    await town.old.reads("sms")
    await town.member.reads()


async def test_whoever_did_not_get_it_gets_it_and_nobody_else(town: Town) -> None:
    await one_is_off(town)
    assert "好，再发给 1 人，别的人不会再收到" in await town.secretary.presses("再发给没收到的 1 人")
    await town.ticks()
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1
    assert await town.member.reads() == ""
    await the_ladder_ends(town)
    assert "发完了，共 2 人：\n发出 2，送达 2" in await town.secretary.reads()


async def test_a_second_tap_finds_nobody(town: Town) -> None:
    await one_is_off(town)
    message = town.secretary.last_message()
    for _ in range(2):
        town.world.press(town.secretary.phone.id, message.id)
    said = await town.secretary.reads()
    await town.ticks()
    assert "再发给 1 人" in said and "没有要再发的人了" in said
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1


async def test_from_the_report(town: Town) -> None:
    await one_is_off(town)
    await town.secretary.presses("看回执")
    await town.secretary.presses("再发给没收到的 1 人")
    await town.ticks()
    assert (await town.old.reads("sms")).count(SMS_LESSON) == 1
    await town.secretary.presses("看回执")
    assert not any("再发" in label for label in town.secretary.buttons())


async def test_what_came_too_late_is_not_sent_again(town: Town) -> None:
    await one_is_off(town)
    async with town.writing() as tx:
        now = town.clock.now()
        await tx.conn.execute(update(campaigns).values(expires_at=now - timedelta(minutes=1)))
    assert "已经过期或取消了" in await town.secretary.presses("再发给没收到的")
    await town.ticks()
    assert await town.old.reads("sms") == ""


@pytest.fixture
async def handed(town: Town) -> Town:
    """The old phone is off, and its liaison is to tell the lesson."""
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    assert "待办 1 件" in await town.liaison.says("待办")
    return town


async def sends_again(town: Town) -> None:
    await town.secretary.says("/lessons")
    await town.secretary.presses("工资被拖欠")
    assert "再发给 1 人" in await town.secretary.presses("再发给没收到的 1 人")
    await town.passes(hours=1)


async def open_tasks(town: Town) -> int:
    return len([task for task in await tasks_about(town, town.old) if task.closed_at is None])


async def test_whoever_it_is_sent_to_again_need_not_be_called(handed: Town) -> None:
    handed.world.switch_on(handed.old.phone.id)
    await handed.old.reads("sms")
    await sends_again(handed)
    assert (await handed.old.reads("sms")).count(SMS_LESSON) == 1
    assert await open_tasks(handed) == 0
    assert "没有待办" in await handed.liaison.says("待办")


async def test_where_it_fails_again_there_is_one_task_and_not_two(handed: Town) -> None:
    for _ in range(2):
        await sends_again(handed)
        assert await open_tasks(handed) == 1
    assert "待办 1 件" in await handed.liaison.says("待办")


async def test_where_no_door_is_left_meanwhile_it_is_a_task_again(handed: Town) -> None:
    await handed.secretary.says("/lessons")
    await handed.secretary.presses("工资被拖欠")
    handed.world.number_dies(handed.old.phone.id)
    async with handed.writing() as tx:
        await send_again(tx, handed.clock.now(), (await in_sight(tx, the_programme()))[0])
        shut = update(addresses).where(addresses.c.person_id == handed.old.id)
        await tx.conn.execute(shut.values(suspended_at=handed.clock.now(), suspended_for="no_such_number"))
    await handed.passes(hours=1)
    assert await open_tasks(handed) == 1
