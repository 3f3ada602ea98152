"""Two villages, in each a 第一支部 with a 何山: a sender tells them apart by the unit above. (S24, S29)"""

from __future__ import annotations

import pytest

from storage import units
from tests.conversations.office import screen
from tests.conversations.town import Door, Speaker, Town

NOTICE = "发通知 明天停水。"
by_both = pytest.mark.parametrize("by", ["chat", "sms"])


@pytest.fixture
async def boss(town: Town) -> Speaker:
    """Above two villages, in each a 第一支部, in each a 何山; and one branch of another name."""
    for at, village in enumerate(("柳湾", "东山")):
        async with town.writing() as tx:
            above = await units.found(tx, town.clock.now(), f"{village}村党总支", "committee", town.committee)
            first = await units.found(tx, town.clock.now(), "第一支部", "branch", above)
        await town.moves_in(f"he{at}", "何山", f"+861390000002{at}", unit=first, smartphone=False)
    return await town.moves_in(
        "boss", "钱主任", "+8613900000055", on_roster=False, role="committee", unit=town.committee
    )


@by_both
async def test_in_words_the_two_are_told_apart(town: Town, boss: Speaker, by: Door) -> None:
    await boss.says(NOTICE, by=by)
    asked = await boss.says("只发第一支部", by=by)
    if by == "chat":
        assert boss.buttons() == ["柳湾村党总支第一支部", "东山村党总支第一支部"]
    else:
        assert "回1 柳湾村党总支第一支部" in asked and "回2 东山村党总支第一支部" in asked
    await boss.presses("东山村党总支第一支部", by=by)
    await boss.presses("确认", by=by)
    await town.ticks()
    assert "明天停水" in await town.he1.reads("sms")
    assert await town.he0.reads("sms") == ""


async def test_by_the_buttons_too(town: Town, boss: Speaker) -> None:
    await boss.says(NOTICE)
    await boss.presses("改对象")
    await boss.presses("按支部")
    assert "柳湾村党总支第一支部 1 人" in boss.buttons() and "柳湾村党支部 2 人" in boss.buttons()
    await boss.presses("东山村党总支第一支部")
    assert "发给：东山村党总支第一支部，共 1 人。" in screen(boss)


@by_both
async def test_the_full_name_is_understood_as_it_is_shown(town: Town, boss: Speaker, by: Door) -> None:
    await boss.says(NOTICE, by=by)
    told = await boss.says("只发柳湾村党总支第一支部", by=by)
    assert "1 人" in told or "1人" in told
    await boss.presses("确认", by=by)
    await town.ticks()
    assert "明天停水" in await town.he0.reads("sms") and await town.he1.reads("sms") == ""


@by_both
async def test_two_people_of_one_name_in_two_such_branches(town: Town, boss: Speaker, by: Door) -> None:
    await boss.says(NOTICE, by=by)
    asked = await boss.says("只发何山", by=by)
    if by == "chat":
        assert "1. 何山 · 柳湾村党总支第一支部" in asked and "2. 何山 · 东山村党总支第一支部" in asked
    else:
        assert "柳湾村" in asked and "东山村" in asked
    await boss.says("2", by=by) if by == "sms" else await boss.presses("2. 何")
    await boss.presses("确认", by=by)
    await town.ticks()
    assert "明天停水" in await town.he1.reads("sms") and await town.he0.reads("sms") == ""


async def test_on_the_list_of_people_and_in_the_report(town: Town, boss: Speaker) -> None:
    await boss.says(NOTICE)
    await boss.presses("看名单")
    assert "何山 · 柳湾村党总支第一支部" in screen(boss) and "何山 · 东山村党总支第一支部" in screen(boss)
    assert "石远 · 柳湾村党支部" in screen(boss)
    await boss.presses("看预览")
    await boss.presses("确认")
    await town.ticks()
    await boss.presses("看回执")
    assert "柳湾村党总支第一支部：已读 0 / 1" in screen(boss)
    await boss.presses("谁还没读")
    assert "何山 · 东山村党总支第一支部" in screen(boss)
