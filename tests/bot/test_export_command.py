"""`export ledger`, as an operator types it: what comes out goes in again and changes nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.bot.test_command_line import liandong

HEADER = [
    "姓名", "手机", "所在支部", "流入地", "外出时间", "外出原因", "工作单位", "从事行业", "家属电话",
    "入党时间", "党费交至", "联系人", "联系人电话",
]  # fmt: skip
ROWS = [
    ["石远", "13900000003", "柳湾村党支部", "江苏昆山花桥镇1号", "2026.3", "务工", "某某电子厂", "=1+1",
     "13900000009", "2001-7-1", "2026年6月", "孟联", "13900000002"],
    ["欧阳山", "+85251234567", "柳湾村党支部", "上海市长宁区", "2025年3月5日",
     "", "", "", "", "", "", "孟联", ""],
    ["阿依古丽·买买提", "", "云溪村党支部", "", "", "经商", "+86一号", "http://a.b", "", "", "", "", ""],
]  # fmt: skip


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    with xlsxwriter.Workbook(str(tmp_path / "名册.xlsx"), {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("名册")
        for row, cells in enumerate([HEADER, *ROWS]):
            for at, cell in enumerate(cells):
                sheet.write_string(row, at, cell)
    await liandong(tmp_path, "migrate")
    committee = ("--role", "committee", "--unit", "云溪镇党委", "--found")
    await liandong(tmp_path, "grant", "--name", "祝文书", "--phone", "13900000001", *committee)
    code, shown = await liandong(tmp_path, "import", "名册.xlsx", "--under", "云溪镇党委")
    assert code == 0, shown
    return tmp_path


async def test_what_is_exported_is_imported_again_without_a_change(place: Path) -> None:
    code, shown = await liandong(place, "export", "ledger", "台账.xlsx")
    assert (code, "共 3 人" in shown) == (0, True), shown
    _code, shown = await liandong(place, "import", "台账.xlsx", "--json")
    told = json.loads(shown)
    assert (told["added"], told["changed"], told["merged"], told["unchanged"]) == (0, 0, 0, 3), shown
    assert [row for row in told["refused"] if row["sheet"] != "统计"] == []
    assert told["unclear"] == []


async def test_texts_are_texts_days_are_days_and_the_file_is_its_owner_s_alone(place: Path) -> None:
    await liandong(place, "export", "ledger", "台账.xlsx")
    assert (place / "台账.xlsx").stat().st_mode & 0o777 == 0o600
    rows = CalamineWorkbook.from_path(str(place / "台账.xlsx")).get_sheet_by_name("总台账").to_python()
    assert rows[0][0] == "流动党员管理台账"
    labels, first = rows[2], dict(zip(rows[2], rows[3], strict=True))
    assert labels[:4] == ["序号", "姓名", "手机号", "所在支部"]
    assert (first["手机号"], first["从事行业"], first["家属电话"]) == ("13900000003", "=1+1", "13900000009")
    assert (first["外出时间"], first["党费交至"]) == (date(2026, 3, 1), date(2026, 6, 1))
    assert (first["省市县"], first["联系情况"], first["六清还缺"]) == ("江苏省苏州市昆山市", "按时联系", "")
    assert "外出时间、" in str(rows[-1][-1])
    sums = CalamineWorkbook.from_path(str(place / "台账.xlsx")).get_sheet_by_name("统计").to_python()
    assert sums[-1][:3] == ["合计", 3, 3]


async def test_only_a_unit_and_only_over_a_file_that_may_go(place: Path) -> None:
    code, shown = await liandong(place, "export", "ledger", "一.xlsx", "--unit", "云溪村党支部")
    assert (code, "共 1 人" in shown) == (0, True)
    kept = (place / "一.xlsx").read_bytes()
    code, shown = await liandong(place, "export", "ledger", "一.xlsx")
    assert (code, "--force" in shown, (place / "一.xlsx").read_bytes()) == (1, True, kept)
    code, shown = await liandong(place, "export", "ledger", "一.xlsx", "--force", LANGUAGE="en")
    assert (code, "3 members" in shown) == (0, True), shown
    code, shown = await liandong(place, "export", "ledger", "二.xlsx", "--unit", "没有的支部")
    assert (code, "没有“没有的支部”" in shown, (place / "二.xlsx").exists()) == (1, True, False)
    code, shown = await liandong(place, "export", "ledger", "二.doc")
    assert (code, ".xlsx" in shown) == (1, True)
    code, shown = await liandong(place, "export", "ledger", "nowhere/二.xlsx")
    assert (code, "Traceback" in shown) == (1, False), shown


async def test_a_marked_roster_is_its_owner_s_alone_and_has_a_folder_before_anything_is_imported(
    place: Path,
) -> None:
    code, shown = await liandong(place, "import", "名册.xlsx", "--report", "核对.xlsx")
    assert (code, (place / "核对.xlsx").stat().st_mode & 0o777) == (0, 0o600), shown
    code, shown = await liandong(place, "import", "名册.xlsx", "--report", "没有/核对.xlsx")
    assert (code, "什么都没有做" in shown, "Traceback" in shown) == (1, True, False), shown
