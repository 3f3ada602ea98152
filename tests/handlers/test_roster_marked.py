"""The clerk gets the own workbook back, with colours and reasons; and may send that back in turn."""

from __future__ import annotations

import io
import zipfile

from python_calamine import load_workbook

from content.words.catalogue import tongue
from handlers.roster.doubts import NOT_A_BRANCH
from handlers.roster.fields import NOT_A_PHONE
from handlers.roster.marked import marked_workbook
from storage.database import Database
from tests.handlers.test_roster_import import HEADER, WILLOW, XIAOHE, bring, counts, planned, roster

REFUSED, UNCLEAR = "FFF8CBAD", "FFFFE699"
ROWS = (
    XIAOHE,
    ("周春兰", "1390013", WILLOW, '=HYPERLINK("http://x")'),
    ("李全", "", "柳湾镇党委"),
)


async def marked(database: Database) -> bytes:
    content = roster(*ROWS, title="柳湾镇党委流动党员花名册")
    async with database.reading() as tx:
        return marked_workbook(content, await planned(tx, content), tongue("zh"))


async def test_the_reason_stands_beside_the_row_which_stands_where_it_was(
    database: Database,
) -> None:
    page = load_workbook(io.BytesIO(await marked(database))).get_sheet_by_name("花名册")
    rows = page.to_python(skip_empty_area=False)
    assert rows[1][: len(HEADER)] == list(HEADER)
    assert rows[2][:3] == list(XIAOHE[:3])
    assert rows[2][-2:] == [f"新增，{WILLOW}", ""]
    assert NOT_A_PHONE in str(rows[3][-1])
    assert rows[4][-2:] == ["不收", NOT_A_BRANCH]


async def test_what_needs_the_clerk_is_in_colour_and_what_was_typed_is_no_formula(database: Database) -> None:
    with zipfile.ZipFile(io.BytesIO(await marked(database))) as packed:
        styles = packed.read("xl/styles.xml").decode()
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert REFUSED in styles
    assert UNCLEAR in styles
    assert "<f>" not in sheet


async def test_the_marked_workbook_is_a_roster_like_the_one_it_came_from(database: Database) -> None:
    again = await bring(database, await marked(database))
    assert counts(again) == (2, 0, 0, 0, 1)
    assert counts(await bring(database, await marked(database))) == (0, 0, 2, 0, 1)
