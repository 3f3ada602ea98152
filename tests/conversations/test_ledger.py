"""台账 by chat: a secretary gets what is below them as a workbook, and each member can see that they did."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from handlers import ledger_by_chat
from storage import units
from tests.conversations.town import Speaker, Town


def _names(reader: Speaker) -> list[str]:
    document = reader.last_message().document
    assert document is not None
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(document.content)).get_sheet_by_name("总台账").to_python()
    )
    return [str(row[1]) for row in rows[3:]]


async def test_a_secretary_gets_the_ledger_and_the_members_can_see_it(town: Town) -> None:
    reply = await town.secretary.says("台账")
    assert "共 2 人" in reply and "收好" in reply
    assert _names(town.secretary) == ["石远", "欧阳山"]
    document = town.secretary.last_message().document
    assert document is not None and document.name == "柳湾村党支部台账-2026-11-02.xlsx"
    assert "祝文书" in await town.member.says("我的资料")


async def test_it_is_no_wider_than_what_they_look_after(town: Town) -> None:
    async with town.writing() as tx:
        other = await units.found(tx, town.clock.now(), "云溪村党支部", "branch", town.committee)
    await town.moves_in("stranger", "施远行", "+8613900000005", unit=other)
    await town.moves_in(
        "above", "罗书记", "+8613900000006", on_roster=False, role="committee", unit=town.committee
    )
    await town.secretary.says("/ledger")
    assert _names(town.secretary) == ["石远", "欧阳山"]
    assert "没有“云溪村党支部”" in await town.secretary.says("台账 云溪村党支部")
    await town.above.says("导出台账")
    assert _names(town.above) == ["石远", "欧阳山", "施远行"]
    await town.above.says("台账 云溪村")
    assert _names(town.above) == ["施远行"]
    assert "哪一个" in await town.above.says("台账 支部")
    await town.above.presses("柳湾村党支部")
    assert _names(town.above) == ["石远", "欧阳山"]


async def test_by_sms_and_to_others_it_is_not_given(town: Town) -> None:
    assert "短信发不了" in await town.secretary.says("台账", by="sms")
    assert "书记" in await town.liaison.says("台账")
    assert town.liaison.last_message().document is None
    await town.member.says("台账")
    assert town.member.last_message().document is None


async def test_what_would_hold_everybody_up_is_not_made_in_a_turn(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_by_chat, "MOST", 1)
    assert "一次最多 1 人" in await town.secretary.says("台账")
    assert town.secretary.last_message().document is None
