"""Offices come and go: whoever gives one up sees nobody there and hears of nobody any more."""

from __future__ import annotations

from storage import offices
from tests.conversations.office import heard
from tests.conversations.town import Town


async def test_a_liaison_who_gave_up_the_office_sees_and_hears_nothing_more(town: Town) -> None:
    async with town.writing() as tx:
        left = await offices.revoke(tx, town.clock.now(), town.liaison.id, "liaison", town.branch)
    assert left == 2
    await town.member.says("搬到苏州工业园区星湖街1号了")
    await town.member.presses("对")
    await town.old.says("求助 工资拖了两个月", by="sms")
    await heard(town, town.member, 60)
    await town.passes(days=8)
    assert await town.liaison.reads("chat") == ""
    assert await town.liaison.reads("sms") == ""
    assert "石远" not in await town.liaison.says("石远")
    assert "石远" not in await town.liaison.says("失联")


async def test_what_the_liaison_would_have_heard_goes_to_the_secretary(town: Town) -> None:
    async with town.writing() as tx:
        await offices.revoke(tx, town.clock.now(), town.liaison.id, "liaison", town.branch)
    await town.old.says("求助 工资拖了两个月", by="sms")
    assert "工资拖了两个月" in await town.secretary.reads("chat")


async def test_an_administrator_of_one_branch_sees_nobody_of_another(town: Town) -> None:
    async with town.writing() as tx:
        await offices.revoke(tx, town.clock.now(), town.secretary.id, "secretary", town.branch)
        await offices.grant(tx, town.clock.now(), town.secretary.id, "admin", town.branch)
    await town.moves_in("stranger", "卓远方", "+8613900000077", unit=town.committee)
    assert "没有" in await town.secretary.says("查 卓远方")
    assert "石远" in await town.secretary.says("查 石远")
