"""A clerk sends the workbook the branch has always kept, in whatever state it is in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from content.words.catalogue import tongue
from handlers.roster.dates import JANUARY_OR_OCTOBER, NO_SUCH_DAY, NOT_A_DATE
from handlers.roster.fields import NOT_A_PHONE, SEVERAL_PHONES, WHOSE_PHONE, Unclear
from handlers.roster.reading import PAGE_WITHOUT_HEADER, Heading, Refused, Workbook, read_workbook
from handlers.roster.row import NO_NAME, NOT_A_NAME, RosterRow
from handlers.roster.unreadable import (
    HeaderMissing,
    NotAWorkbook,
    OldWorkbook,
    WorkbookEmpty,
    WorkbookLocked,
    WorkbookTooLarge,
    WorkbookUnreadable,
)

PHONE = "+8613900139001"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def drawn(draw: Callable[[Any], object]) -> bytes:
    """A real workbook on which `draw` has written."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        draw(book)
    return file.getvalue()


def sheet(*rows: Sequence[object]) -> bytes:
    def draw(book: Any) -> None:
        page = book.add_worksheet("花名册")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(at, column, cell, day)
                else:
                    page.write(at, column, cell)

    return drawn(draw)


def one(*rows: Sequence[object]) -> RosterRow:
    workbook = read_workbook(sheet(*rows))
    assert not workbook.refused
    assert len(workbook.rows) == 1
    return workbook.rows[0]


def test_a_plain_roster_is_read_with_every_column() -> None:
    columns = {
        "序号": 1,
        "姓名": "田小禾",
        "性别": "女",
        "手机号码": "13900139001",
        "所在支部": "柳湾村党支部",
        "入党时间": "2011年7月",
        "外出原因": "务工",
        "流入地": "浙江嘉兴平湖",
        "外出时间": "2026年3月5日",
        "工作单位": "新埭箱包厂",
        "从事行业": "制造",
        "联系人": "田大山",
        "联系人电话": "13900139002",
        "党费交至": "2026.9",
        "家属联系方式": "13900139003",
        "返回时间": "",
        "备注": "夜班",
    }
    row = one(list(columns), list(columns.values()))
    assert row == RosterRow(
        sheet="花名册",
        row=2,
        name="田小禾",
        phone=PHONE,
        branch="柳湾村党支部",
        place_text="浙江嘉兴平湖",
        out_since=date(2026, 3, 5),
        liaison="田大山",
        liaison_phone="+8613900139002",
        employer="新埭箱包厂",
        job="制造",
        reason="务工",
        dues_until=date(2026, 9, 1),
        family_phone="+8613900139003",
        joined_party_on=date(2011, 7, 1),
        remark="夜班",
    )


def test_the_header_may_stand_below_titles_and_the_row_is_the_one_on_the_screen() -> None:
    row = one(
        ["流动党员花名册"],
        ["填报单位:柳湾村", "", "2026年11月"],
        [],
        ["流入地", "联 系\n电 话", "姓  名*"],
        ["苏州", "13900139001", "田小禾"],
    )
    assert (row.row, row.name, row.phone, row.place_text) == (5, "田小禾", PHONE, "苏州")


def test_a_table_that_starts_in_the_middle_of_the_sheet_is_found_there() -> None:
    row = one([], [], ["", "", "党员姓名", "电话"], ["", "", "田小禾", 13900139001])
    assert (row.row, row.phone) == (4, PHONE)


def test_one_header_over_two_rows_tells_the_members_phone_from_the_liaisons() -> None:
    def draw(book: Any) -> None:
        page = book.add_worksheet()
        page.merge_range("A1:E1", "流动党员花名册")
        page.merge_range("A2:A3", "姓名")
        page.merge_range("B2:B3", "电话")
        page.merge_range("C2:D2", "联系人")
        page.write_row("C3", ["姓名", "电话"])
        page.merge_range("E2:E3", "流入地")
        page.write_row("A4", ["田小禾", "13900139001", "田大山", "13900139002", "苏州"])

    (row,) = read_workbook(drawn(draw)).rows
    assert (row.row, row.phone, row.liaison, row.liaison_phone) == (4, PHONE, "田大山", "+8613900139002")


def test_the_two_row_header_is_found_where_nothing_was_merged() -> None:
    row = one(
        ["流动党员", "", "联系人", "", "流入地"],
        ["姓名", "电话", "姓名", "手机", ""],
        ["田小禾", "13900139001", "田大山", "13900139002", "苏州"],
    )
    assert (row.name, row.phone, row.liaison_phone) == ("田小禾", PHONE, "+8613900139002")


def test_a_second_phone_column_behind_the_liaison_is_the_liaisons() -> None:
    row = one(["姓名", "电话", "联系人", "电话"], ["田小禾", "13900139001", "田大山", "13900139002"])
    assert (row.phone, row.liaison_phone) == (PHONE, "+8613900139002")


def test_a_lone_phone_column_behind_the_liaison_is_asked_about_and_not_guessed() -> None:
    row = one(["姓名", "支部", "联系人", "联系电话"], ["田小禾", "一", "田大山", "13900139001"])
    assert (row.phone, row.liaison, row.liaison_phone) == ("", "田大山", "")
    assert row.unclear == (Unclear("phone", "13900139001", WHOSE_PHONE),)


def test_the_number_beside_the_liaisons_name_is_the_liaisons() -> None:
    row = one(["姓名", "电话", "联系人"], ["田小禾", "13900139001", "田大山(13900139002)"])
    assert (row.liaison, row.liaison_phone) == ("田大山", "+8613900139002")


@pytest.mark.parametrize(
    "written",
    [
        13900139001,
        13900139001.0,
        "13900139001.0",
        " 139 0013 9001 ",
        "139-0013-9001",
        "13900139001",
        "+86 13900139001",
        "8613900139001",
        "1.3900139001E+10",
        "13900139001(微信同号)",
    ],
)
def test_a_phone_is_known_however_the_spreadsheet_keeps_it(written: object) -> None:
    row = one(["姓名", "电话"], ["田小禾", written])
    assert (row.phone, row.unclear) == (PHONE, ())


@pytest.mark.parametrize(
    ("written", "phone", "reason"),
    [
        ("1390013900", "", NOT_A_PHONE),
        ("没有手机", "", NOT_A_PHONE),
        ("13900139001/13900139002", PHONE, SEVERAL_PHONES),
    ],
)
def test_a_phone_in_doubt_is_shown_to_the_clerk(written: str, phone: str, reason: str) -> None:
    row = one(["姓名", "电话"], ["田小禾", written])
    assert (row.phone, row.unclear) == (phone, (Unclear("phone", written, reason),))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026.3", date(2026, 3, 1)),
        (2026.3, date(2026, 3, 1)),
        (2026.11, date(2026, 11, 1)),
        (2026.03, date(2026, 3, 1)),
        ("2026.10", date(2026, 10, 1)),
        ("2026.1", date(2026, 1, 1)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026年3月", date(2026, 3, 1)),
        ("2026年3月5日", date(2026, 3, 5)),
        ("2026/3/5", date(2026, 3, 5)),
        ("2026-03-05 00:00:00", date(2026, 3, 5)),
        ("2026.3.5", date(2026, 3, 5)),
        ("2026年3月至今", date(2026, 3, 1)),
        ("2026年3月份起", date(2026, 3, 1)),
        ("2026年3月5号", date(2026, 3, 5)),
        ("2026、3", date(2026, 3, 1)),
        ("二〇二六年三月", date(2026, 3, 1)),
        ("二〇二五年十二月二十一日", date(2025, 12, 21)),
        (20260305, date(2026, 3, 5)),
        (202603, date(2026, 3, 1)),
        (46086, date(2026, 3, 5)),
        ("46086", date(2026, 3, 5)),
        (46086.75, date(2026, 3, 5)),
        (date(2026, 3, 5), date(2026, 3, 5)),
    ],
)
def test_a_date_is_known_however_the_clerk_writes_it(written: object, day: date) -> None:
    row = one(["姓名", "外出时间"], ["田小禾", written])
    assert (row.out_since, row.unclear) == (day, ())


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (2026.1, JANUARY_OR_OCTOBER),
        ("2026.2.30", NO_SUCH_DAY),
        ("2026年13月", NO_SUCH_DAY),
        ("1026年3月", NO_SUCH_DAY),
        ("春节后", NOT_A_DATE),
        ("3月5日", NOT_A_DATE),
        (2026, NOT_A_DATE),
        ("2026年3月-8月", NOT_A_DATE),
        (5, NOT_A_DATE),
        (-3.5, NOT_A_DATE),
        (1e300, NOT_A_DATE),
    ],
)
def test_a_date_in_doubt_is_shown_to_the_clerk_and_not_guessed(written: object, reason: str) -> None:
    row = one(["姓名", "外出时间"], ["田小禾", written])
    assert row.out_since is None
    assert [(u.field, u.reason) for u in row.unclear] == [("out_since", reason)]


@pytest.mark.parametrize("written", ["2026.9", "交至2026年9月", "已缴纳至2026-09", "2026年9月30日", 2026.9])
def test_dues_are_known_to_the_month(written: object) -> None:
    assert one(["姓名", "党费交纳情况"], ["田小禾", written]).dues_until == date(2026, 9, 1)


def test_dues_that_are_only_said_to_be_paid_are_asked_about() -> None:
    row = one(["姓名", "党费"], ["田小禾", "已交清"])
    assert row.unclear == (Unclear("dues_until", "已交清", NOT_A_DATE),)


def test_blank_rows_totals_remarks_examples_and_repeated_headers_are_nobody() -> None:
    workbook = read_workbook(
        sheet(
            ["序号", "姓名", "电话", "支部"],
            ["例", "张三", "13900139009", "某支部"],
            [1, "田小禾", "13900139001", "柳湾村党支部"],
            [],
            [2, "", "", ""],
            [3, "", "", "柳湾村党支部"],
            ["二、省外流动"],
            ["序号", "姓名", "电话", "支部"],
            [4, "石榴红", "13900139002", "柳湾村党支部"],
            ["", "合计", "2人"],
            ["小计", 2],
            ["备注:以上人员均已核对"],
            ["填表人:田大山", "", "审核人:"],
        )
    )
    assert [(r.row, r.name) for r in workbook.rows] == [(3, "田小禾"), (9, "石榴红")]
    assert workbook.refused == ()


def test_a_person_nobody_can_name_is_refused_with_the_row_and_the_others_are_kept() -> None:
    workbook = read_workbook(
        sheet(
            ["姓名", "电话"],
            ["", "13900139001"],
            ["13900139001", "田小禾"],
            ["田小禾、石榴红", "13900139001"],
            ["石榴红", "13900139002"],
        )
    )
    assert [r.name for r in workbook.rows] == ["石榴红"]
    assert workbook.refused == (
        Refused("花名册", 2, NO_NAME),
        Refused("花名册", 3, NOT_A_NAME),
        Refused("花名册", 4, NOT_A_NAME),
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("田 禾", "田禾"),
        ("田 小禾", "田小禾"),
        ("田小禾(预备)", "田小禾"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_a_name_is_freed_of_what_only_lines_it_up(written: str, name: str) -> None:
    assert one(["姓名", "电话"], [written, "13900139001"]).name == name


def test_a_branch_merged_over_its_members_is_the_branch_of_each() -> None:
    def draw(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row("A1", ["支部", "姓名", "电话"])
        page.merge_range("A2:A4", "柳湾村党支部")
        page.write_column("B2", ["田小禾", "石榴红", "江上舟"])
        page.write("A5", "石桥村党支部")
        page.write("B5", "田大山")
        page.merge_range("A6:C6", "以上情况属实")

    rows = read_workbook(drawn(draw)).rows
    assert [r.branch for r in rows] == ["柳湾村党支部"] * 3 + ["石桥村党支部"]


def test_every_visible_sheet_is_read_and_one_without_a_header_is_named() -> None:
    def draw(book: Any) -> None:
        for name, phone in (("省外", "13900139001"), ("市内", "13900139002")):
            book.add_worksheet(name).write_row("A1", ["姓名", "电话"])
            book.get_worksheet_by_name(name).write_row("A2", ["田小禾", phone])
        book.add_worksheet("说明").write("A1", "请如实填写")
        book.add_worksheet("续表").write_row("A1", ["石榴红", "13900139004"])
        old = book.add_worksheet("去年")
        old.write_row("A1", ["姓名", "电话"])
        old.write_row("A2", ["石榴红", "13900139003"])
        old.hide()
        book.add_worksheet("Sheet5")

    workbook = read_workbook(drawn(draw))
    assert [(r.sheet, r.phone) for r in workbook.rows] == [("省外", PHONE), ("市内", "+8613900139002")]
    assert workbook.refused == (Refused("续表", 0, PAGE_WITHOUT_HEADER),)
    assert Heading("说明", (), ()) in workbook.headings, (
        "instructions cost nobody, and are said to be read by nobody"
    )


def test_a_broken_formula_says_nothing_about_the_person() -> None:
    def draw(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row("A1", ["姓名", "电话", "流入地"])
        page.write_row("A2", ["田小禾", "13900139001"])
        page.write_formula("C2", "=VLOOKUP(1,Z1:Z2,1)", None, "#N/A")

    (row,) = read_workbook(drawn(draw)).rows
    assert row.place_text == ""


def test_an_endless_remark_is_cut_and_the_clerk_is_told() -> None:
    row = one(["姓名", "电话", "备注"], ["田小禾", "13900139001", "说" * 5000])
    assert len(row.remark) == 200
    assert [u.field for u in row.unclear] == ["remark"]


def corner(book: Any) -> None:
    """One stray mark in the last cell of the sheet: laid out as a grid, 550 GB."""
    page = book.add_worksheet()
    page.write_row("A1", ["姓名", "电话"])
    page.write_row("A2", ["田小禾", "13900139001"])
    page.write(1_048_575, 16_383, ".")


def packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return file.getvalue()


def unpacked(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bomb() -> bytes:
    return packed({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * (201 * 2**20)})


def one_text_in_every_cell() -> bytes:
    """A text of a megabyte that fifty thousand cells share: copied into each, 50 GB."""
    members = unpacked(sheet(["姓名", "电话"], ["田小禾", "13900139001"]))
    members["xl/sharedStrings.xml"] = b"<sst><si><t>" + b"x" * 2**20 + b"</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_001))
    members["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{cells}</sheetData></worksheet>".encode()
    return packed(members)


def locked_packet() -> bytes:
    """Packed with a password by a packing program: each part says so in its flags."""
    content = bytearray(packed({"xl/workbook.xml": b"<workbook/>"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def name_that_is_no_text() -> bytes:
    content = packed({"xl/workbook.xml": b"", "xl/柳湾.xml": b""})
    return content.replace("柳".encode(), b"\xff\xfe\xff")


def cells_without_places() -> bytes:
    members = unpacked(sheet(["姓名", "电话"], ["田小禾", "13900139001"]))
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(b'<c r="B2"', b"<c")
    return packed(members)


def understated() -> bytes:
    """A bomb whose directory claims that the sheet is small."""
    honest = bytearray(packed({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"\0" * (64 * 2**20)}))
    directory = honest.rindex(b"PK\x01\x02")
    honest[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return bytes(honest)


FILES: dict[str, tuple[type[WorkbookUnreadable], Callable[[], bytes]]] = {
    "nothing": (NotAWorkbook, lambda: b""),
    "a text file": (NotAWorkbook, "姓名,电话\n田小禾,13900139001\n".encode),
    "a web page that calls itself .xls": (NotAWorkbook, "<html><table><td>姓名</td></table></html>".encode),
    "a picture": (NotAWorkbook, lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "half a file": (NotAWorkbook, lambda: sheet(["姓名", "电话"])[:900]),
    "another office's format": (NotAWorkbook, lambda: packed({"content.xml": b"<a/>", "mimetype": b""})),
    "an empty shell": (NotAWorkbook, lambda: packed({"xl/workbook.xml": b"<workbook>"})),
    "cells that do not say where they stand": (NotAWorkbook, cells_without_places),
    "a sheet larger than it claims": (NotAWorkbook, understated),
    "an old Word document": (NotAWorkbook, lambda: OLE + bytes(504)),
    "an old .xls": (OldWorkbook, lambda: OLE + bytes(504) + "Workbook".encode("utf-16-le")),
    "a password": (WorkbookLocked, lambda: OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")),
    "over 10 MB": (WorkbookTooLarge, lambda: bytes(10 * 2**20 + 1)),
    "a packet with a password": (WorkbookLocked, locked_packet),
    "a part whose name is no text": (NotAWorkbook, name_that_is_no_text),
    "one long text in every cell": (WorkbookTooLarge, one_text_in_every_cell),
    "a stray mark in the last cell": (WorkbookTooLarge, lambda: drawn(corner)),
    "200 MB in a small packet": (WorkbookTooLarge, bomb),
    "a thousand parts": (
        WorkbookTooLarge,
        lambda: packed({f"xl/{n}.xml": b"" for n in range(1000)} | {"xl/workbook.xml": b""}),
    ),
    "an empty sheet": (WorkbookEmpty, lambda: sheet([])),
    "a header and nobody below": (WorkbookEmpty, lambda: sheet(["姓名", "电话"])),
    "people without a header": (HeaderMissing, lambda: sheet(["田小禾", "13900139001"])),
    "names and nothing else": (HeaderMissing, lambda: sheet(["姓名"], ["田小禾"])),
}


@pytest.mark.parametrize("file", FILES)
def test_what_cannot_be_read_is_refused_by_its_own_name(file: str) -> None:
    failure, content = FILES[file]
    with pytest.raises(WorkbookUnreadable) as refusal:
        read_workbook(content())
    assert type(refusal.value) is failure


@pytest.mark.parametrize("failure", WorkbookUnreadable.__subclasses__())
def test_each_refusal_says_what_to_do_in_both_languages(failure: type[WorkbookUnreadable]) -> None:
    refusal = failure(limit=100_000, sought="流入地", column="电话")
    assert "请" in refusal.told(tongue("zh"))
    assert "lease" in refusal.told(tongue("en"))


def test_a_sheet_with_too_many_rows_is_refused_whole() -> None:
    def draw(book: Any) -> None:
        page = book.add_worksheet()
        page.write_row("A1", ["姓名", "电话"])
        page.write_string(100_001, 0, "田小禾")

    with pytest.raises(WorkbookTooLarge, match="100000"):
        read_workbook(drawn(draw))


def test_a_picture_on_the_sheet_does_no_harm() -> None:
    members = unpacked(sheet(["姓名", "电话"], ["田小禾", "13900139001"]))
    workbook: Workbook = read_workbook(packed(members | {"xl/media/image1.png": b"\x89PNG"}))
    assert [r.name for r in workbook.rows] == ["田小禾"]
