"""A year's holidays as an operator has them: the notice itself, lines of text, a workbook."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter

from content.rules.holidays import Holiday, built_in, by_law
from content.words.catalogue import tongue
from handlers.holidays.reading import YearTable, read_table
from handlers.holidays.unclear import TableUnclear

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号

    经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
    二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
    三、清明节：4月4日（周六）至6日（周一）放假，共3天。
    四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
    五、端午节：6月19日（周五）至21日（周日）放假，共3天。
    六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
    七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
    节假日期间，各地区、各部门要妥善安排好值班和安全保卫等工作。
                                2025年11月4日
"""
OLDER = """关于2023年部分节假日安排的通知
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
"""


def of_text(text: str) -> YearTable:
    return read_table(text.encode())


def refused(content: bytes) -> list[str]:
    with pytest.raises(TableUnclear) as unclear:
        read_table(content)
    return [fault.told(tongue("zh")) for fault in unclear.value.faults]


def test_the_notice_says_what_the_library_knows() -> None:
    table = of_text(NOTICE)
    assert (table.year, table.missing) == (2026, {})
    assert {(one.day, one.kind) for one in table.days} == {(one.day, one.kind) for one in built_in(2026)}


def test_a_notice_saved_by_an_old_editor_is_read_too() -> None:
    assert read_table(NOTICE.encode("gb18030")) == of_text(NOTICE)


def test_a_holiday_that_begins_in_the_year_before_is_of_the_year_after() -> None:
    table = of_text(OLDER)
    assert (table.year, table.days[0]) == (2023, Holiday(date(2022, 12, 31), "元旦"))
    assert Counter(one.kind for one in table.days) == {"off": 11, "working": 2}


@pytest.mark.parametrize(
    ("change", "to", "told"),
    [
        ("关于2026年", "关于2027年", "第 5 行：2027-01-01 不是周四，请核对年份和日期。"),
        ("共9天", "共8天", "第 6 行：写的是共 8 天，数出来是 9 天，请核对。"),
        ("4月4日（周六）至6日", "4月31日至6日", "第 7 行：没有“4月31日”这一天，请核对。"),
        ("6月19日（周五）至21日（周日）放假，共3天。", "", "第 9 行：端午节没有写哪天放假，请核对。"),
    ],
)
def test_a_notice_that_cannot_be_so_is_not_taken(change: str, to: str, told: str) -> None:
    assert refused(NOTICE.replace(change, to).encode()) == [told]


def test_a_notice_without_its_year_is_not_taken() -> None:
    assert "没有写是哪一年" in refused("元旦：1月1日放假，共1天。".encode())[0]


def test_lines_of_text_are_read_as_people_write_them() -> None:
    table = of_text(
        "日期 节名 放假或上班\n# 2027\n2026-12-31 元旦 放假\n2027年1月1日，元旦\n20270131,春节,上班\n"
        "2027/2/5 至 2027/2/6\t春节\t休\n2027-02-07 to 2027-02-07,春节,off\n"
    )
    assert table.year == 2027
    assert table.days == (
        Holiday(date(2026, 12, 31), "元旦"),
        Holiday(date(2027, 1, 1), "元旦"),
        Holiday(date(2027, 1, 31), "春节", "working"),
        *(Holiday(date(2027, 2, day), "春节") for day in (5, 6, 7)),
    )
    assert [day.isoformat() for day in table.missing][:2] == ["2027-02-08", "2027-04-05"]


def test_every_row_that_is_wrong_is_named() -> None:
    text = (
        "2027-01-01 元旦\n2027-13-01 元旦\n2027-02-05 春节 调休\n2月6日 春节\n2027-04-05\n2027-01-01 元旦\n"
    )
    assert refused(text.encode()) == [
        "第 2 行：没有“2027-13-01”这一天，请核对。",
        "第 3 行：“调休”看不明白，请写“放假”或“上班”。",
        "第 4 行：“2月6日”没有写年份。请写上，或在第一行写“2027年放假安排”，或把年份写进文件名。",
        "第 5 行：没有写是什么节。",
        "第 6 行：2027-01-01 写了两遍，请留一行。",
    ]
    assert refused("2027-02-12至2027-02-05 春节".encode())[0].endswith("头一天在后一天后面，请核对。")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "里面一天也没有"),
        ("2027-01-01 元旦\n2028-01-01 元旦".encode(), "2027, 2028"),
        ("1927-01-01 元旦".encode(), "1927 年"),
        (b"\xff\xfe\xff\x00\x81", "看不出是什么文件"),
        (b"2" * 1_000_001, "太大"),
    ],
)
def test_what_is_no_table_of_a_year_is_said(content: bytes, told: str) -> None:
    assert told in refused(content)[0]


def test_a_workbook_is_read_with_its_dates_and_named_by_its_rows() -> None:
    head, rest = ("日期", "节名", "类别"), (date(2027, 1, 3), "元旦", "放假")
    table = read_table(
        workbook(head, (date(2027, 1, 1), "元旦", ""), ("2027-02-05至2027-02-06", "春节"), rest)
    )
    assert [(f"{one.day:%m-%d}", one.name) for one in table.days] == [
        ("01-01", "元旦"), ("01-03", "元旦"), ("02-05", "春节"), ("02-06", "春节")
    ]  # fmt: skip
    assert refused(workbook(head, rest, (), ("2027-02-30", "春节")))[0].startswith("第 4 行")


def test_the_title_over_a_table_is_no_day() -> None:
    title, head = ("2027年节假日放假安排",), ("日期", "节名", "类别")
    assert read_table(workbook(title, head, ("2027/1/1", "元旦", "放假"))).days[0].name == "元旦"
    assert refused(workbook(title, ("2027年1月放假", "元旦", "放假")))[0].startswith("第 2 行")
    assert refused(workbook(title, ("2027年元旦", "元旦", "放假")))[0].startswith("第 2 行")


def test_a_working_day_that_is_no_weekend_was_written_in_the_wrong_year() -> None:
    assert refused("2027-01-01 元旦\n2027-02-14 春节 上班\n2027-02-15 春节 上班\n".encode()) == [
        "第 3 行：2027-02-15 不是周末，本来就上班，请核对年份和日期。"
    ]
    worked = {one.day for year in range(2013, 2027) for one in built_in(year) if one.kind == "working"}
    assert len(worked) > 50
    assert all(day.weekday() >= 5 for day in worked)


def workbook(*rows: Sequence[object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_of_the_law_are_days_off_in_the_tables_that_are_known(year: int) -> None:
    """So a year without a table has at least its own New Year's morning."""
    assert len(by_law(year)) == 13
    assert set(by_law(year)) <= {one.day for one in built_in(year) if one.kind == "off"}


def test_the_law_s_days_of_a_year_that_nobody_told() -> None:
    days = [f"{day:%m%d}" for day in by_law(2027)]
    assert " ".join(days) == "0101 0205 0206 0207 0208 0405 0501 0502 0609 0915 1001 1002 1003"


NEW_YEAR = ["01-01", "01-02", "01-03"]


@pytest.mark.parametrize(
    ("written", "name", "days"),
    [
        ("2027/1/1-2027/1/3 元旦", "", NEW_YEAR),
        ("2027年1月1日至3日 元旦", "", NEW_YEAR),
        ("1月1日—1月3日 元旦", "2027.txt", NEW_YEAR),
        ("2027年放假安排\n1月1日——3日 元旦", "", NEW_YEAR),
        ("2027\n12月31日—1月1日 元旦", "", ["12-31", "01-01"]),
        ("2026年12月31日至1月1日 元旦", "", ["12-31", "01-01"]),
        ("2027.1.1 元旦", "", ["01-01"]),
        ("2027.1.1 - 2027.1.3,元旦", "", NEW_YEAR),
        ("2027-01-01-2027-01-03 元旦", "", NEW_YEAR),
        ("20270101-20270103 元旦", "", NEW_YEAR),
        ("２０２７／１／１～２０２７／１／３ 元旦", "", NEW_YEAR),
        ("元旦：1月1日（周五）至3日（周日）放假，共3天。", "2027放假通知.txt", NEW_YEAR),
    ],
)
def test_days_as_clerks_write_them(written: str, name: str, days: list[str]) -> None:
    table = read_table(written.encode(), name)
    assert ([f"{one.day:%m-%d}" for one in table.days], table.year) == (days, 2027)


def test_a_line_that_is_no_day_is_not_lost() -> None:
    assert refused("2027-01-01 元旦\n初一到初三 春节\n".encode())[0].startswith("第 2 行：日期“初一~初三”")
