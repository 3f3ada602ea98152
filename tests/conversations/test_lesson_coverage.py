"""How far a lesson has reached: five figures, by branch, whom not yet, and as a picture. (S5, S6)"""

from __future__ import annotations

from bot.sandbox.bot_api.pictures import picture_size
from storage import campaigns, members, units
from storage.database import Transaction
from storage.files import Member
from storage.viewer import the_programme
from tests.conversations.office import screen
from tests.conversations.test_lesson import sends
from tests.conversations.town import Speaker, Town


async def committee(town: Town) -> Speaker:
    """One who looks after two branches; in the second one is somebody whom no letter reaches."""
    async with town.writing() as tx:
        other = await units.found(tx, town.clock.now(), "远山村党支部", "branch", town.committee)
    await town.moves_in("there", "何三", "+8613900000033", unit=other, joined=False)
    return await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )


async def test_the_committee_sees_each_branch_and_the_slowest_first(town: Town) -> None:
    boss = await committee(town)
    await sends(boss)
    await town.member.presses("不行，工资要用钱发")
    report = await boss.presses("看回执")
    assert "共 3 人：发出 2，送达 2，已答 1（答对 1），还没答 1，发不到 1。" in report
    assert "远山村党支部：已答 0 / 1\n柳湾村党支部：已答 1 / 2" in report


async def test_who_has_not_answered_and_whom_to_call(town: Town) -> None:
    boss = await committee(town)
    await sends(boss)
    await town.member.presses("不行，工资要用钱发")
    await boss.presses("看回执")
    said = await boss.presses("谁还没答")
    assert "1. 欧阳山 · 柳湾村党支部\n2. 何三 · 远山村党支部，已派人转告" in said
    assert "石远" not in said
    assert "欧阳山 · 柳湾村党支部" in await boss.presses("1. 欧阳**")


async def test_the_list_of_who_has_not_is_paged(town: Town) -> None:
    for n in range(13):
        await town.moves_in(f"m{n}", f"何{n}", f"+86139000001{n:02}", smartphone=False, joined=False)
    await sends(town.secretary)
    await town.secretary.presses("看回执")
    await town.secretary.presses("谁还没答")
    await town.secretary.presses("下一页")
    assert "13. 何10" in screen(town.secretary) and "15. 何12" in screen(town.secretary)


async def test_all_answered(town: Town) -> None:
    await sends(town.liaison)
    await town.member.presses("不行，工资要用钱发")
    await town.old.reads("sms")
    await town.old.says("B", by="sms")
    await town.liaison.presses("看回执")
    assert "都答了" in await town.liaison.presses("谁还没答")


async def test_as_a_picture_by_branch_and_by_lesson(town: Town) -> None:
    boss = await committee(town)
    await sends(boss)
    await boss.presses("看回执")
    assert "《工资被拖欠，怎么要回来》\n共 3 人" in await boss.presses("看图")
    picture = boss.last_message().picture
    assert picture and picture_size(picture.content)[0] == 720
    await boss.says("/lessons")
    assert "最近的课\n共 3 人" in await boss.presses("看图")
    assert boss.last_message().picture


async def test_each_sees_their_own_branch_of_a_lesson_from_above(town: Town) -> None:
    boss = await committee(town)
    await sends(boss)
    await town.secretary.says("/lessons")
    assert "共 2 人" in await town.secretary.presses("工资被拖欠")


async def test_what_an_operator_planned_goes_out_and_is_seen_by_those_above(town: Town) -> None:
    boss = await committee(town)
    async with town.writing() as tx:
        now = town.clock.now()
        assert await campaigns.plan_for_unit(tx, now, town.branch.id, "stop-fraud", now)
        assert await campaigns.plan_for_unit(tx, now, town.branch.id, "stop-fraud", now) is None
    await town.ticks()
    assert "手机防骗四不要" in await town.member.reads()
    await boss.says("/lessons")
    assert "共 2 人" in await boss.presses("手机防骗四不要")
    await town.ticks()
    assert await town.member.reads() == ""


async def test_whoever_no_longer_looks_after_any_reader_sees_no_more_of_it(town: Town) -> None:
    await sends(town.secretary)
    await town.liaison.says("/lessons")
    assert "共 2 人" in await town.liaison.presses("工资被拖欠")
    async with town.writing() as tx:
        for who in (town.member, town.old):
            await members.entrust(tx, await _file(tx, who), None)
    for button in ("刷新", "谁还没答", "看图"):
        assert "没有这一课的回执" in await town.liaison.presses(button)


async def _file(tx: Transaction, who: Speaker) -> Member:
    found = await members.find(tx, the_programme(), who.id)
    assert found
    return found
