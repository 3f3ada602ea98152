"""Workbooks as clerks send them: titles, groups of columns, brackets, numbers, notes at the end."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.roster.reading import read_workbook
from handlers.roster.unreadable import ColumnUnclear
from tests.handlers.test_roster_import import WILLOW, book


def test_titles_stars_brackets_and_numbers_as_numbers() -> None:
    workbook = read_workbook(
        book(
            {
                "Sheet1": [
                    ["附件2："],
                    ["柳湾镇党委流动党员情况统计表（2026年第三季度）"],
                    ["填报单位（盖章）：柳湾镇党委", "", "", "填表日期：2026.9.30"],
                    [],
                    [
                        "序\n号",
                        "*姓  名",
                        "联系\n电话",
                        "所在党支部\n（全称）",
                        "流出时间\n（年月）",
                        "备 注",
                    ],
                    [1, "王 福", 13900139004, WILLOW, 2025.03, ""],
                    [2, "李全（预备）", 1.3900139005e10, WILLOW, "2025.8", "长期"],
                    ["合计", "2人"],
                    ["填表人：祝文书", "审核人：柳书记"],
                ]
            }
        )
    )
    assert [(row.name, row.phone) for row in workbook.rows] == [
        ("王福", "+8613900139004"),
        ("李全", "+8613900139005"),
    ]
    assert workbook.refused == ()
    assert workbook.headings[0].not_taken == ("备注",)


def test_a_group_above_the_columns_hides_none_of_them() -> None:
    workbook = read_workbook(
        book(
            {
                "汇总": [
                    ["流动党员花名册"],
                    ["党员基本情况", "", "流动情况", "", "联系人", "", "家属", ""],
                    ["姓名", "联系电话", "流入地", "流出日期", "姓名", "电话", "姓名", "工作单位"],
                    ["王福", 13900139004, "广东省东莞市", "2025.3", "田大山", 13900139002, "周兰", "某厂"],
                ]
            }
        )
    )
    [row] = workbook.rows
    assert (row.place_text, row.out_since) == ("广东省东莞市", date(2025, 3, 1))
    assert (row.name, row.liaison, row.liaison_phone) == ("王福", "田大山", "+8613900139002")
    assert row.employer == "", "the family's employer is nobody's here"


def test_a_phone_behind_the_liaison_is_the_liaison_s_where_the_member_has_another() -> None:
    header = ["党支部名称", "联系人", "电话", "姓名", "手机", "何时外出"]
    cells = ["柳湾村", "田大山", "13900139002", "王福", "13900139004", "2025-3"]
    [row] = read_workbook(book({"花名册": [header, cells]})).rows
    assert (row.phone, row.liaison_phone, row.branch) == ("+8613900139004", "+8613900139002", "柳湾村")
    with pytest.raises(ColumnUnclear):
        read_workbook(book({"花名册": [header[:4], cells[:4]]}))


def test_name_and_number_of_the_liaison_in_one_cell() -> None:
    header = ["姓名", "联系人及电话"]
    workbook = read_workbook(
        book({WILLOW: [header, ["王福", "田大山13900139002"], ["李全", "田大山（村主任）"]]})
    )
    assert (workbook.rows[0].liaison, workbook.rows[0].liaison_phone) == ("田大山", "+8613900139002")
    assert workbook.headings[0].not_taken == ()


def test_a_cover_a_second_header_and_broken_formulas_make_nobody() -> None:
    header = ["姓名", "电话（微信同号）", "去向", "外出时间"]
    workbook = read_workbook(
        book(
            {
                "封面": [["柳湾镇党委"], ["2026年11月"]],
                WILLOW: [
                    header,
                    ["王福", "１３９００１３９００４", "昆山", ""],
                    header,
                    ["李全", "#N/A", "#REF!", "#VALUE!"],
                ],
            }
        )
    )
    assert [(row.name, row.phone, row.unclear) for row in workbook.rows] == [
        ("王福", "+8613900139004", ()),
        ("李全", "", ()),
    ]
    assert [(one.sheet, one.row) for one in workbook.refused] == [("封面", 0)]
