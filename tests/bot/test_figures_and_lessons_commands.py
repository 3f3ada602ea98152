"""`figures`, `home` and `lesson` at the command line of a district of 106. (S5, S32)"""

from __future__ import annotations

import asyncio
import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.clock import WallClock
from bot.commands import liandong as commands
from bot.sandbox.bot_api.pictures import picture_size
from content.lessons.library import all_lessons
from content.rules.hours import next_allowed
from content.rules.zones import CHINA, zones_named
from schedules.run_campaigns import run_campaigns
from tests.bot.operators_folder import found_a_district, opened
from tests.bot.test_command_line import liandong

SLUG = "stop-fraud"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which an operator keeps the district of the demo; copied for each test."""
    folder = tmp_path_factory.mktemp("district")
    asyncio.run(found_a_district(folder))
    return folder


@pytest.fixture
def district(founded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(founded, tmp_path / "here")


async def _json(folder: Path, *words: str) -> dict[str, object]:
    code, shown = await liandong(folder, *words, "--json")
    assert code == 0, shown
    told: dict[str, object] = json.loads(shown)
    return told


async def test_the_district_of_106_is_32_and_23_and_51(district: Path) -> None:
    told = await _json(district, "figures")
    assert told["unit"] == "云汀区委"
    assert (told["managed"], told["out"], told["at_home"]) == (106, 106, 0)
    assert told["places"] == {"out_of_province": 32, "other_county": 23, "within_city": 51, "unknown": 0}
    assert told["units_without_home"] == []
    for group in ("places", "trades", "lengths"):
        counted = told[group]
        assert isinstance(counted, dict) and sum(counted.values()) == 106
    code, shown = await liandong(district, "figures")
    assert code == 0 and "在管 106 人，外出 106 人，在家 0 人" in shown


async def test_a_unit_by_name_by_part_and_by_the_one_above(district: Path) -> None:
    for name in ("远灯", "雁归镇党委/远灯村党支部"):
        assert (await _json(district, "figures", "--unit", name))["managed"] == 10
    code, shown = await liandong(district, "figures", "--unit", "社区")
    assert code == 1 and "3 个组织" in shown and "燕来街道党工委/檐下社区党支部" in shown
    code, shown = await liandong(district, "figures", "--unit", "月球")
    assert code == 1 and "没有“月球”" in shown and "云汀区委" in shown and "Traceback" not in shown


async def test_figures_as_a_picture_for_a_phone_and_for_paper(district: Path) -> None:
    code, shown = await liandong(district, "figures", "--picture", "图.png")
    assert code == 0 and "图.png" in shown
    assert picture_size((district / "图.png").read_bytes())[0] == 720
    await liandong(district, "figures", "--picture", "a4.png", "--a4")
    assert picture_size((district / "a4.png").read_bytes()) == (2480, 3508)
    code, shown = await liandong(district, "figures", "--picture", "没有/图.png")
    assert code == 1 and "Traceback" not in shown


async def test_a_page_without_a_file_to_draw_it_into_is_refused(district: Path) -> None:
    code, shown = await liandong(district, "figures", "--a4")
    assert (code, "--picture" in shown) == (2, True)


async def test_where_home_is_can_be_said_later(district: Path) -> None:
    code, shown = await liandong(district, "home", "--unit", "远灯", "--place", "鼓楼区")
    assert code == 1 and "什么都没有改" in shown
    code, shown = await liandong(district, "home", "--unit", "远灯", "--place", "上海松江")
    assert code == 0 and "310117" in shown
    places = (await _json(district, "figures", "--unit", "远灯"))["places"]
    assert isinstance(places, dict) and sum(places.values()) == 10
    assert (await _json(district, "figures"))["places"] != {"out_of_province": 32}


async def test_a_lesson_is_planned_once_sent_and_counted(district: Path) -> None:
    listed = (await _json(district, "lesson", "list"))["lessons"]
    assert isinstance(listed, list) and {one["slug"] for one in listed} == set(all_lessons())
    code, shown = await liandong(district, "lesson", "send", SLUG, "--to", "远灯", "--dry-run")
    assert code == 0 and "发不到 1 人" in shown and "没有排" in shown
    assert (await liandong(district, "lesson", "send", SLUG, "--to", "云汀区委"))[0] == 0
    code, shown = await liandong(district, "lesson", "send", SLUG, "--to", "云汀区委")
    assert code == 1 and "没有再排一次" in shown
    await _sends_what_is_due(district)
    told = (await _json(district, "lesson", "coverage"))["lessons"]
    assert isinstance(told, list)
    assert [(one["slug"], one["all"], one["answered"], one["failed"]) for one in told] == [(SLUG, 106, 0, 6)]
    assert "《手机防骗四不要》 · 12 个支部" in (await liandong(district, "lesson", "coverage"))[1]
    of_a_branch = (await _json(district, "lesson", "coverage", SLUG, "--unit", "远灯"))["lessons"]
    assert isinstance(of_a_branch, list)
    one = of_a_branch[0]
    assert (one["all"], one["not_yet"], len(one["not_yet_people"])) == (10, 9, 10)
    code, shown = await liandong(district, "lesson", "coverage", SLUG, "--picture", "课.png")
    assert "已派人转告" in shown.split("还没答的：\n")[1].splitlines()[0]
    assert (
        code == 0 and "长信村党支部" in shown and picture_size((district / "课.png").read_bytes())[0] == 720
    )


async def test_what_cannot_be_sent_is_said_in_one_line(district: Path) -> None:
    for words, said in (
        (("nope", "--to", "远灯"), "没有叫“nope”的课"),
        ((SLUG, "--to", "月球"), "没有“月球”"),
        ((SLUG, "--to", "远灯", "--at", "2020-01-01 08:30"), "已经过了"),
    ):
        code, shown = await liandong(district, "lesson", "send", *words)
        assert code == 1 and said in shown and "Traceback" not in shown
    assert (await _json(district, "lesson", "coverage"))["lessons"] == []


async def _sends_what_is_due(folder: Path) -> None:
    """As the running program would, at its next tick by day."""
    database = opened(folder)
    by_day = next_allowed(WallClock().now() + timedelta(seconds=1), zones_named(CHINA))
    async with database.writing() as tx:
        while await run_campaigns(tx, by_day):
            pass
    await database.close()


def test_the_help_describes_what_a_machine_reads() -> None:
    for words in (("figures",), ("lesson", "list"), ("lesson", "coverage")):
        shown = CliRunner().invoke(commands, [*words, "--help"]).output
        assert "--json:" in shown and '"' in shown
