"""A task follows its member: to a new liaison, and away once they have it after all. (S4, S6)"""

from __future__ import annotations

import pytest

from storage import members
from tests.conversations.test_account import the_ladder_ends
from tests.conversations.test_ladder import sends, tasks_about
from tests.conversations.town import Speaker, Town


@pytest.fixture
async def off(town: Town) -> Town:
    """The old phone is off: its liaison has heard of it."""
    town.world.switch_off(town.old.phone.id)
    await sends(town.secretary)
    await town.passes(hours=1)
    assert "欧阳山" in await town.liaison.reads()
    return town


async def gets_liaison(town: Town, who: Speaker, liaison: Speaker | None) -> None:
    file = await who.file()
    async with town.writing() as tx:
        await members.entrust(tx, file, liaison.id if liaison else None)


async def test_the_new_liaison_gets_it_and_both_are_told(off: Town) -> None:
    new = await off.moves_in("new", "范联", "+8613900000077", on_roster=False, role="liaison")
    await gets_liaison(off, off.old, new)
    await off.ticks()
    assert "1 件待办交给了新的联系人，您不用再管：欧阳**" in await off.liaison.reads()
    assert "没有待办" in await off.liaison.says("待办")
    await off.passes(hours=1)
    assert "1. 欧阳山" in await new.reads()
    await new.presses("欧阳**")
    assert "算已联系" in await new.presses("电话告诉了")
    await off.passes(hours=1)
    assert "待办" not in await off.liaison.reads()


async def test_by_night_it_changes_hands_and_nobody_is_woken(off: Town) -> None:
    new = await off.moves_in("new", "范联", "+8613900000077", on_roster=False, role="liaison")
    await off.passes(hours=11)
    await gets_liaison(off, off.old, new)
    await off.passes(hours=2)
    assert await off.liaison.reads() == "" and await new.reads() == ""
    await off.passes(hours=9)
    assert "新的联系人" in await off.liaison.reads() and "欧阳山" in await new.reads()


async def test_without_a_liaison_it_goes_to_whoever_answers_for_the_branch(off: Town) -> None:
    await gets_liaison(off, off.old, None)
    await off.passes(hours=1)
    assert "欧阳山" in await off.secretary.reads()
    [task] = await tasks_about(off, off.old)
    assert task.owner_id == off.secretary.id


async def test_sent_again_it_arrives_and_nobody_needs_to_call(off: Town) -> None:
    await the_ladder_ends(off)
    off.world.switch_on(off.old.phone.id)
    await off.old.reads("sms")
    await off.secretary.presses("再发给没收到的 1 人")
    await off.ticks()
    await off.passes(minutes=10)
    [task] = await tasks_about(off, off.old)
    assert task.outcome == "answered"
    assert "这 1 人已经收到了，不用再转告：欧阳**" in await off.liaison.reads()
    assert "没有待办" in await off.liaison.says("待办")


async def test_sent_again_in_vain_it_is_one_task_and_not_two(off: Town) -> None:
    await the_ladder_ends(off)
    await off.secretary.presses("再发给没收到的 1 人")
    await off.ticks()
    await the_ladder_ends(off)
    assert len(await tasks_about(off, off.old)) == 1


async def test_received_in_words_closes_it_too(town: Town) -> None:
    """A notice: the phone was off for two days, and its owner answers what then came."""
    town.world.switch_off(town.old.phone.id)
    await town.secretary.says("发通知 明天停水。")
    await town.secretary.presses("确认")
    await town.ticks()
    await town.ticks()
    await town.passes(hours=1)
    assert "欧阳山" in await town.liaison.reads()
    town.world.switch_on(town.old.phone.id)
    await town.old.says("收到", by="sms")
    [task] = await tasks_about(town, town.old)
    assert task.outcome == "answered"
    await town.passes(minutes=10)
    assert "不用再转告：欧阳**" in await town.liaison.reads()


@pytest.mark.parametrize("who", ["liaison", "secretary"])
async def test_what_is_to_do_is_a_key_at_hand(town: Town, who: str) -> None:
    officer = town.people[who]
    await officer.says("菜单")
    assert "待办" in officer.at_hand()
    assert "没有待办" in await officer.presses("待办")
