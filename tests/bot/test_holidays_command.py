"""`holidays`, as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.test_command_line import liandong


@pytest.fixture
async def place(tmp_path: Path) -> Path:
    await liandong(tmp_path, "migrate")
    return tmp_path


async def test_a_table_is_looked_at_taken_in_and_taken_back(place: Path) -> None:
    (place / "2027.txt").write_text("2027-01-01至2027-01-03 元旦\n2027-01-31 春节 上班\n")
    code, shown = await liandong(place, "holidays", "import", "2027.txt", "--part", "--dry-run")
    assert (code, "只是看看" in shown, "2027-01-02  周六  放假  元旦" in shown) == (0, True, True)
    assert "还没有" in (await liandong(place, "holidays", "list", "2027"))[1]
    code, shown = await liandong(place, "holidays", "import", "2027.txt", "--part")
    assert (code, "放假 3 天，上班的周末 1 天" in shown, "换掉" in shown) == (0, True, False)
    assert "2027-02-05 春节" in shown, "a day of the law that was not written"
    assert "换掉了" in (await liandong(place, "holidays", "import", "2027.txt", "--part"))[1]
    code, shown = await liandong(place, "holidays", "list", "2027")
    assert (code, "还没有" in shown, "2027-01-31  周日  上班  春节" in shown) == (0, False, True)
    assert "共 4 天" in (await liandong(place, "holidays", "forget", "2027"))[1]
    assert "没有导入过" in (await liandong(place, "holidays", "forget", "2027"))[1]


async def test_a_wrong_table_changes_nothing_and_names_its_rows(place: Path) -> None:
    (place / "bad.txt").write_text("2027-01-01 元旦\n1月40日 元旦\n")
    code, shown = await liandong(place, "holidays", "import", "bad.txt")
    assert (code, "第 2 行" in shown, "Traceback" in shown) == (1, True, False)
    assert "Row 2:" in (await liandong(place, "holidays", "import", "bad.txt", LANGUAGE="en"))[1]
    (place / "bad.xlsx").write_bytes(b"PK\x03\x04 and no workbook")
    code, shown = await liandong(place, "holidays", "import", "bad.xlsx")
    assert (code, "另存为" in shown, "Traceback" in shown) == (1, True, False)
    assert "还没有" in (await liandong(place, "holidays", "list", "2027"))[1]


WHOLE = """2027年放假安排
1月1日—1月3日 元旦
2027/2/5-2027/2/11 春节
2027-01-31 春节 上班
4月3日至5日 清明节
2027.5.1-2027.5.5 劳动节
6月9日 端午节
9月15日 中秋节
2027年10月1日至7日 国庆节
"""


async def test_a_piece_of_a_year_is_not_taken_for_the_whole(place: Path) -> None:
    (place / "2027.txt").write_text("2027-01-01至2027-01-03 元旦\n")
    code, shown = await liandong(place, "holidays", "import", "2027.txt")
    assert code == 1
    assert "不全，没有：春节、清明节、劳动节、端午节、中秋节、国庆节。什么都没有改" in shown
    assert "还没有" in (await liandong(place, "holidays", "list", "2027"))[1]
    assert (await liandong(place, "holidays", "import", "2027.txt", "--part"))[0] == 0
    assert "2027 年的放假安排不全，没有：春节、清明节" in (await liandong(place, "doctor"))[1]


async def test_a_year_that_is_known_says_what_changes(place: Path) -> None:
    (place / "next.txt").write_text(WHOLE)
    code, shown = await liandong(place, "holidays", "import", "next.txt")
    assert (code, "本来就有" in shown) == (0, False)
    shown = (await liandong(place, "holidays", "import", "next.txt"))[1]
    assert "2027 年的放假安排本来就有（28 天）。\n和原来一样，没有变化。" in shown
    (place / "next.txt").write_text(
        WHOLE.replace("6月9日 端午节", "6月9日-11日 端午节").replace("至7日", "至6日")
    )
    shown = (await liandong(place, "holidays", "import", "next.txt", "--dry-run"))[1]
    assert "多了：2027-06-10 放假、2027-06-11 放假" in shown and "少了：2027-10-07 放假" in shown
    assert "2027-10-07" in (await liandong(place, "holidays", "list", "2027"))[1]
