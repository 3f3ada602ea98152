"""A secretary sends the branch's workbook: shown first, imported when she says so, and nothing of it kept."""

from __future__ import annotations

import io

import pytest
from python_calamine import load_workbook
from sqlalchemy import select

from bot import roster_desk
from bot.sandbox.bot_api.refusals import too_many
from handlers.roster import opening
from storage import members, offices
from storage.outbox import outbox
from storage.sent_rosters import sent_rosters
from storage.viewer import the_programme
from tests.conversations.town import Town
from tests.handlers.test_roster_import import HEADER, book

NEWCOMERS = (
    ("田小禾", "13900139001", "柳湾村党支部", "浙江嘉兴平湖", "2026年3月", "孟联", ""),
    ("周春兰", "1390013", "柳湾村党支部", "上海市松江区", "春节后", "孟联", ""),
    ("外支部人", "13900139008", "石桥村党支部", "", "", "", ""),
)


def workbook(*rows: tuple[str, ...]) -> bytes:
    return book({"花名册": [["柳湾村流动党员名册"], HEADER, *(rows or NEWCOMERS)]})


async def names(town: Town) -> set[str]:
    async with town.writing() as tx:
        return {member.name for member in await members.everyone(tx, the_programme())}


async def kept(town: Town) -> list[tuple[str, bool, str | None]]:
    async with town.writing() as tx:
        rows = await tx.conn.execute(select(sent_rosters).order_by(sent_rosters.c.id))
        return [(row.state, row.file_id is not None, row.report) for row in rows]


async def test_shown_first_and_imported_when_she_says_so(town: Town) -> None:
    told = await town.secretary.sends_file("柳湾名册.xlsx", workbook())
    assert "收到“柳湾名册.xlsx”" in told
    assert "新增2人，更改0人，不变0人，合并0行，不收1行，2格要核对。" in told
    assert "要导入吗" in told
    assert town.secretary.buttons() == ["导入", "不导入"]
    assert await names(town) == {"石远", "欧阳山"}, "nothing is changed before she says so"
    told = await town.secretary.presses("导入")
    assert "正在导入" in told and "已导入：新增2人" in told and "再发一次" in told
    assert await names(town) == {"石远", "欧阳山", "田小禾", "周春兰"}


async def test_the_marked_workbook_comes_with_it(town: Town) -> None:
    await town.secretary.sends_file("柳湾名册.xlsx", workbook())
    document = town.secretary.last_message().document
    assert document is not None and document.name.endswith(".xlsx")
    page = load_workbook(io.BytesIO(document.content)).get_sheet_by_name("花名册")
    rows = page.to_python(skip_empty_area=False)
    assert rows[4][-2] == "不收" and "不在您负责的范围" in str(rows[4][-1])
    assert "电话号码不对" in str(rows[3][-1])


async def test_nothing_of_the_workbook_stays(town: Town) -> None:
    await town.secretary.sends_file("柳湾名册.xlsx", workbook())
    assert await kept(town) == [("shown", True, None)], "the report left the outbox once it was handed over"
    await town.secretary.presses("导入")
    assert await kept(town) == [("imported", False, None)]
    async with town.writing() as tx:
        for row in await tx.conn.execute(select(outbox)):
            assert "document" not in tx.open(row.letter, row.id, "outbox.letter")


async def test_not_imported_where_she_declines(town: Town) -> None:
    await town.secretary.sends_file("柳湾名册.xlsx", workbook())
    assert "没有导入" in await town.secretary.presses("不导入")
    assert await names(town) == {"石远", "欧阳山"}
    assert await kept(town) == [("declined", False, None)]


async def test_sent_twice_it_says_that_there_is_nothing_more_to_do(town: Town) -> None:
    rows = NEWCOMERS[:1]
    await town.secretary.sends_file("名册.xlsx", workbook(*rows))
    await town.secretary.presses("导入")
    assert "没有要导入的" in await town.secretary.sends_file("名册.xlsx", workbook(*rows))
    assert town.secretary.last_message().buttons == ()


async def test_the_same_button_twice_imports_once(town: Town) -> None:
    await town.secretary.sends_file("名册.xlsx", workbook())
    message = town.secretary.last_message()
    town.world.press(town.secretary.phone.id, message.id, 0, 0)
    town.world.press(town.secretary.phone.id, message.id, 0, 0)
    told = await town.secretary.reads()
    assert told.count("已导入：") == 1


@pytest.mark.parametrize("who", ["member", "liaison"])
async def test_nobody_else_may_send_one(town: Town, who: str) -> None:
    told = await town.people[who].sends_file("名册.xlsx", workbook())
    assert "要由支部书记发来" in told and "没有打开" in told
    assert await kept(town) == []


async def test_a_member_s_words_beside_a_file_are_heard_all_the_same(town: Town) -> None:
    assert "昆山" in await town.member.sends_file("照片.pdf", b"%PDF", "我搬到昆山了")


async def test_what_is_no_workbook_gets_one_clear_line(town: Town) -> None:
    told = await town.secretary.sends_file("名册.xls", b"<html>")
    assert "这不是Excel表格" in told
    assert await kept(town) == [("refused", False, None)]


async def test_a_county_s_roster_is_for_the_command_line(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_desk, "MOST_ROWS", 2)
    assert "超过2行" in await town.secretary.sends_file("名册.xlsx", workbook())
    assert await names(town) == {"石远", "欧阳山"}


async def test_a_file_too_large_is_refused_before_it_is_fetched(town: Town) -> None:
    told = await town.secretary.sends_file("名册.xlsx", bytes(opening.FILE_BYTES + 1))
    assert "文件太大" in told
    assert await kept(town) == []


async def test_a_day_later_the_button_does_nothing(town: Town) -> None:
    await town.secretary.sends_file("名册.xlsx", workbook())
    message = town.secretary.last_message()
    await town.passes(days=1, hours=1)
    await town.secretary.reads()
    assert await kept(town) == [("expired", False, None)]
    town.world.press(town.secretary.phone.id, message.id, 0, 0)
    assert "过了一天" in await town.secretary.reads()
    assert await names(town) == {"石远", "欧阳山"}


async def test_while_the_file_cannot_be_fetched_it_waits(town: Town) -> None:
    town.world.telegram.gate = _no_files
    assert "要导入吗" not in await town.secretary.sends_file("名册.xlsx", workbook())
    town.world.telegram.gate = None
    await town.passes(seconds=31)
    assert "要导入吗" in await town.secretary.reads()


async def test_who_is_no_longer_secretary_imports_nothing(town: Town) -> None:
    town.world.telegram.gate = _no_files
    await town.secretary.sends_file("名册.xlsx", workbook())
    town.world.telegram.gate = None
    async with town.writing() as tx:
        await offices.revoke(tx, town.clock.now(), town.secretary.id, "secretary", town.branch)
    await town.passes(seconds=31)
    assert "只有支部书记能导入" in await town.secretary.reads()


def _no_files(method: str, _said: object) -> None:
    if method == "getfile":
        raise too_many(5)
