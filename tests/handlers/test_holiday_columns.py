"""The holiday tables people have: columns in any order, ranges, days worked instead, in any encoding."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from content.words.catalogue import tongue
from handlers.holidays.reading import read_table
from handlers.holidays.unclear import TableUnclear

TABLE = [
    ["日期", "名称", "类型"],
    ["1月1日至3日", "元旦", "放假"],
    ["1月31日", "春节", "调休上班"],
    ["2月5日至2月11日", "春节", "法定节假日"],
    ["10月1日（周五）至7日（周四）", "国庆节", "放假"],
    ["2027/10/9", "国庆节", "调休（上班）"],
]
OFF = 3 + 7 + 7
WORKED = {date(2027, 1, 31), date(2027, 10, 9)}


def csv_of(rows: list[list[str]], between: str = ",") -> str:
    return "\r\n".join(between.join(row) for row in rows)


def workbook(rows: list[list[object]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet, as_day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, cell, as_day)
            else:
                sheet.write(at, column, cell)
    book.close()
    return made.getvalue()


QUOTED = [[f'"{cell}"' for cell in row] for row in TABLE]
MOVED = [["序号", "节日", "备注", "性质", "放假时间"]]
MOVED += [[str(n), row[1], "", row[2], row[0]] for n, row in enumerate(TABLE[1:], 1)]


@pytest.mark.parametrize(
    "content",
    [
        csv_of(TABLE).encode("utf-8-sig"),
        csv_of(TABLE).encode("gbk"),
        csv_of(TABLE, "\t").encode("utf-16"),
        csv_of(QUOTED).encode(),
        workbook([list(row) for row in TABLE]),
        workbook([list(row) for row in MOVED]),
    ],
    ids=["csv", "gbk", "unicode", "quoted", "xlsx", "other order"],
)
def test_three_columns_under_their_names(content: bytes) -> None:
    found = read_table(content, "2027年放假安排.csv")
    assert found.year == 2027
    assert sum(one.kind == "off" for one in found.days) == OFF
    assert {one.day for one in found.days if one.kind == "working"} == WORKED
    assert {one.name for one in found.days} == {"元旦", "春节", "国庆节"}


def test_the_days_worked_instead_in_a_column_of_their_own() -> None:
    rows: list[list[object]] = [
        ["2027年放假安排", "", "", ""],
        ["节日", "放假时间", "调休上班日期", "天数"],
        ["元旦", "1月1日至3日", "", "3天"],
        ["春节", "2月5日至11日", "1月31日、2月20日", "7天"],
    ]
    found = read_table(workbook(rows), "安排.xlsx")
    assert {one.day for one in found.days if one.kind == "working"} == {date(2027, 1, 31), date(2027, 2, 20)}
    assert sum(one.kind == "off" for one in found.days) == 10


def test_first_and_last_day_in_two_columns() -> None:
    rows: list[list[object]] = [
        ["开始日期", "结束日期", "名称", "类型"],
        [date(2027, 1, 1), date(2027, 1, 3), "元旦", "休"],
        [date(2027, 1, 31), "", "春节", "班"],
    ]
    found = read_table(workbook(rows), "x.xlsx")
    assert [(one.day.day, one.kind) for one in found.days] == [
        (1, "off"),
        (2, "off"),
        (3, "off"),
        (31, "working"),
    ]


def test_faults_are_told_in_chinese_with_their_row() -> None:
    rows = [["名称", "日期", "类型"], ["元旦", "2027-13-01", "放假"], ["元旦", "2027-01-02", "飞"]]
    with pytest.raises(TableUnclear) as unclear:
        read_table(csv_of(rows).encode(), "2027.csv")
    assert [fault.told(tongue("zh")) for fault in unclear.value.faults] == [
        "第 2 行：没有“2027-13-01”这一天，请核对。",
        "第 3 行：“飞”看不明白，请写“放假”或“上班”。",
    ]
