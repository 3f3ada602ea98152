"""Workbooks as clerks send them: titles, groups of columns, brackets, numbers, notes at the end."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.roster.column_meaning import bare
from handlers.roster.placing import placed
from handlers.roster.reading import read_workbook
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
    [row] = read_workbook(book({"花名册": [header[:4], cells[:4]]})).rows
    assert (row.name, row.phone, row.liaison_phone) == ("王福", "", "")


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
    assert workbook.refused == ()


def test_a_line_of_its_own_names_the_branch_of_those_below_it() -> None:
    header = ["姓名", "电话", "去向"]
    rows: list[list[object]] = [
        ["柳湾村党支部"],
        ["王福", "", ""],
        ["一、石桥村支部（2人）"],
        ["李全", "", "苏州"],
        ["小计", 1],
    ]
    workbook = read_workbook(book({"名册": [header, *rows]}))
    assert [(row.name, row.branch) for row in workbook.rows] == [
        ("王福", WILLOW),
        ("李全", "石桥村支部"),
    ]


def test_an_address_over_several_columns_is_read_together_and_the_same_again_is_the_one_above() -> None:
    rows = [
        ["姓名", "联系方式", "流入地", "", "", ""],
        ["", "", "省", "市", "县（区）", "详细地址"],
        ["王福", "", "浙江省", "杭州市", "余杭区", "五常街道"],
        ["李全", "", "〃", "同上", "余杭区", "仓前"],
    ]
    workbook = read_workbook(book({WILLOW: rows}))
    assert [row.place_text for row in workbook.rows] == [
        "浙江省杭州市余杭区五常街道",
        "浙江省杭州市余杭区仓前",
    ]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("目前联系方式", "phone"),
        ("现务工地址", "place"),
        ("外出（流出）时间", "out_since"),
        ("从事何种职业", "job"),
        ("包联干部", "liaison"),
        ("结对联系人手机号", "liaison_phone"),
        ("党费缴纳时间", "dues_until"),
        ("村（社区）", "branch"),
        ("家属联系方式", "family_phone"),
        ("外出务工理由", "reason"),
        ("加入党组织日期", "joined_party_on"),
        ("紧急联系人电话", ""),
        ("流入地党组织", ""),
        ("户籍所在地", ""),
        ("预计返回时间", ""),
        ("家庭成员工作单位", ""),
    ],
)
def test_a_column_is_known_by_its_words_and_another_s_is_nobody_s(label: str, field: str) -> None:
    columns = placed([bare("姓名"), bare(label)])
    assert next((name for name, at in columns.items() if at == (1,)), "") == field


def test_a_number_that_lost_its_last_digits_and_a_landline_beside_a_mobile() -> None:
    rows = [["姓名", "手机"], ["王福", "1.39E+10"], ["李全", "025-84123456、13900139005"], ["田小禾", "-"]]
    shortened, both, none = read_workbook(book({WILLOW: rows})).rows
    assert (shortened.phone, [u.field for u in shortened.unclear]) == ("", ["phone"])
    assert (both.phone, both.unclear) == ("+8613900139005", ())
    assert (none.phone, none.unclear) == ("", ())


def test_contacts_and_stays_in_groups_of_their_own_are_the_member_s() -> None:
    rows: list[list[object]] = [
        ["姓名", "联系方式", "", "流出情况", "", "联系人", ""],
        ["", "本人手机", "家庭电话", "流出时间", "流往地", "姓名", "电话"],
        ["王福", 13900139004, "", "26年3月5日", "上海", "田大山（支部委员）", "13900139002"],
    ]
    [row] = read_workbook(book({WILLOW: rows})).rows
    assert (row.phone, row.place_text, row.out_since) == ("+8613900139004", "上海", date(2026, 3, 5))
    assert (row.liaison, row.liaison_phone) == ("田大山(支部委员)", "+8613900139002")


def test_a_wife_to_be_called_at_home_is_no_liaison() -> None:
    header = ["流出党员姓名", "手机", "家中联系人", "家属联系人及电话"]
    [row] = read_workbook(book({WILLOW: [header, ["王福", "", "周兰", "周兰13900139003"]]})).rows
    assert (row.name, row.liaison, row.family_phone) == ("王福", "", "+8613900139003")


def test_instructions_and_a_cover_with_a_number_are_no_list_of_people() -> None:
    cover: list[list[object]] = [
        ["柳湾镇党委"],
        ["填表人", "周兰", "联系电话", "13900139003"],
        ["请于3月前报祝文书13900139004"],
    ]
    workbook = read_workbook(book({"封面": cover, WILLOW: [["姓名", "手机"], ["王福", ""]]}))
    assert (len(workbook.rows), workbook.refused) == (1, ())


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("26.3.5", date(2026, 3, 5)),
        ("86年7月", date(1986, 7, 1)),
        ("2〇26年3月", date(2026, 3, 1)),
        ("2026年三月五日", date(2026, 3, 5)),
        ("2026，3", date(2026, 3, 1)),
        ("无", None),
    ],
)
def test_a_date_as_clerks_abbreviate_it(written: str, day: date | None) -> None:
    [row] = read_workbook(book({WILLOW: [["姓名", "外出时间"], ["王福", written]]})).rows
    assert (row.out_since, row.unclear) == (day, ())


@pytest.mark.parametrize("group", ["外出去向", "流出情况", "现居住地", "流入地址", "目前所在地", "流动去向"])
def test_an_address_in_parts_is_one_under_whatever_group(group: str) -> None:
    rows: list[list[object]] = [
        ["姓名", "手机", group, "", "", "", "事由"],
        ["姓名", "手机", "省", "市", "县（区）", "详细地址", "事由"],
        ["王福", "", "江苏省", "苏州市", "昆山市", "花桥镇", "务工"],
    ]
    [row] = read_workbook(book({WILLOW: rows})).rows
    assert row.place_text == "江苏省苏州市昆山市花桥镇"
