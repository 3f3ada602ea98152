"""Each sees their own part, and by no way more of it. (S29)"""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from storage import addresses, members, units
from storage.offices import offices
from tests.conversations.office import heard, screen, stopped
from tests.conversations.town import Speaker, Town


async def other_branch(town: Town) -> Speaker:
    """Its secretary, and one silent member of theirs."""
    async with town.writing() as tx:
        unit = await units.found(tx, town.clock.now(), "石桥村党支部", "branch", town.committee)
    theirs = await town.moves_in("theirs", "申桥", "+8613900000021", unit=unit)
    await heard(town, theirs, 50)
    return await town.moves_in(
        "other_secretary", "文桥", "+8613900000022", on_roster=False, unit=unit, role="secretary"
    )


async def test_the_secretary_of_another_branch_finds_nobody_here(town: Town) -> None:
    other = await other_branch(town)
    await heard(town, town.member, 50)
    answer = await other.says("失联")
    assert "申桥" in answer and "石远" not in answer and "在外 1 人" in answer
    for words in ("找 石远", "记 石远 打过电话", "邀请 石远"):
        assert "没有这个人" in await other.says(words)
    assert await other.says("找 石远") == await other.says("找 无此人")


async def test_the_committee_sees_both_branches_and_a_liaison_those_entrusted(town: Town) -> None:
    await other_branch(town)
    await heard(town, town.member, 50)
    above = await town.moves_in(
        "above", "党委书", "+8613900000023", on_roster=False, unit=town.committee, role="committee"
    )
    answer = await above.says("失联")
    assert "申桥" in answer and "石远" in answer
    mine = await town.moves_in("other_liaison", "单联", "+8613900000024", on_roster=False, role="liaison")
    assert "没有在外的" in await mine.says("失联")
    assert "没有这个人" in await mine.says("找 石远")


async def test_an_old_button_opens_nothing_once_the_office_has_ended(town: Town) -> None:
    await heard(town, town.member, 50)
    await town.secretary.says("失联")
    async with town.writing() as tx:
        await tx.conn.execute(delete(offices).where(offices.c.person_id == town.secretary.id))
    answer = await town.secretary.presses("石**")
    assert "石远" not in answer and "柳湾村" not in answer


@pytest.mark.parametrize("label", ["记一次电话", "发提醒"])
async def test_an_old_button_does_nothing_once_a_member_is_entrusted_to_another(
    town: Town, label: str
) -> None:
    new = await town.moves_in("other_liaison", "单联", "+8613900000024", on_roster=False, role="liaison")
    await town.liaison.says("找 石远")
    file = await town.member.file()
    async with town.writing() as tx:
        await members.entrust(tx, file, new.id)
    assert "没有这个人" in await town.liaison.presses(label)
    assert await town.member.reads() == ""
    assert "石远" in await new.says("找 石远")


async def test_a_button_pressed_by_somebody_else_does_nothing(town: Town) -> None:
    """A button's data can be sent by any program, also from a chat that it was never shown in."""
    await heard(town, town.member, 50)
    await town.liaison.says("失联")
    shown = town.liaison.last_message().buttons
    other = await town.moves_in(
        "other_secretary", "文桥", "+8613900000022", on_roster=False, role="secretary"
    )
    for thief in (other, town.member):
        await thief.says("菜单")
        thief.last_message().buttons = shown
        answer = await thief.presses("石**")
        assert "过期" in answer and "柳湾村" not in answer


@pytest.mark.parametrize(
    "words", ["/silent", "/silent 90", "失联", "失联 上海", "找 欧阳山", "发课", "/lessons", "/invite"]
)
async def test_a_member_is_told_politely_and_nothing_else(town: Town, words: str) -> None:
    await heard(town, town.old, 50)
    answer = await town.member.says(words)
    assert answer and "欧阳" not in answer and "失联 1" not in answer
    assert not {"确认", "下一页"} & set(town.member.buttons())


async def test_a_member_who_types_a_command_of_the_office_hears_whose_it_is(town: Town) -> None:
    assert "这是联系人和书记用的" in await town.member.says("/silent")


async def test_what_a_chat_refuses_goes_by_sms_without_names(town: Town) -> None:
    """The chat is shut without a word to us; each answer then falls back to the number."""
    await heard(town, town.member, 50)
    await heard(town, town.old, 44)
    await stopped(town, town.old)
    await town.liaison.says("找 石远")
    town.world.private_chat(town.liaison.phone.id).blocked = True
    for words in ("失联", "找 石", "邀请 石远", "找 石远"):
        await town.liaison.says(words)
        assert await town.liaison.reads("sms"), words
    await town.liaison.presses("记一次电话")
    assert "石远" in screen(town.liaison)


async def test_a_question_put_to_the_one_who_had_this_chat_is_not_for_the_next_one(
    town: Town,
) -> None:
    await town.member.says("搬到苏州工业园区星湖街1号了")
    async with town.writing() as tx:
        (chat, *_) = await addresses.of_person(tx, town.member.id)
        await addresses.end(tx, town.clock.now(), chat.id)
        await addresses.add(tx, town.clock.now(), town.old.id, "telegram", chat.value, verified=True)
    assert "过期" in await town.member.presses("对")
    assert "星湖街" not in (await town.member.file()).address
    assert "星湖街" not in (await town.old.file()).address
