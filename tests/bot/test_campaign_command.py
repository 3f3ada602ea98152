"""`campaign list`, `show`, `pause`, `resume`, `cancel`, beside a program that sends. (S5)"""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.clock import WallClock
from schedules.run_campaigns import run_campaigns
from tests.bot.operators_folder import found_a_district, opened
from tests.bot.test_command_line import liandong

SLUG = "stop-fraud"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("district")
    asyncio.run(_found(folder))
    return folder


@pytest.fixture
def district(founded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(founded, tmp_path / "here")


async def _found(folder: Path) -> None:
    """A district to which a lesson is planned."""
    await found_a_district(folder)
    assert (await liandong(folder, "lesson", "send", SLUG, "--to", "云汀区委"))[0] == 0


async def the_only_one(folder: Path) -> dict[str, Any]:
    code, shown = await liandong(folder, "campaign", "list", "--json")
    assert code == 0, shown
    [one] = json.loads(shown)["campaigns"]
    found: dict[str, Any] = one
    return found


async def test_listed_shown_paused_gone_on_with_and_called_off(district: Path) -> None:
    one = await the_only_one(district)
    assert (one["slug"], one["state"]) == (SLUG, "planned")
    end = one["id"][-6:]
    code, shown = await liandong(district, "campaign", "list")
    assert code == 0 and end in shown and "手机防骗四不要" in shown and "排着" in shown
    assert "暂停着" in (await liandong(district, "campaign", "pause", end))[1]
    assert (await the_only_one(district))["state"] == "paused"
    code, said = await liandong(district, "campaign", "pause", end)
    assert code == 1 and "没有改动" in said
    assert "排着" in (await liandong(district, "campaign", "resume", end))[1]
    assert "取消了" in (await liandong(district, "campaign", "cancel", end))[1]
    code, said = await liandong(district, "campaign", "resume", end)
    assert code == 1 and "现在是“取消了”" in said


async def test_its_account_in_words_and_as_json(district: Path) -> None:
    database = opened(district)
    async with database.writing() as tx:
        while await run_campaigns(tx, WallClock().now()):
            pass
    await database.close()
    one = await the_only_one(district)
    code, shown = await liandong(district, "campaign", "show", one["id"], "--json")
    told = json.loads(shown)
    assert code == 0 and told["all"] == one["all"] > 0
    assert {"told", "handed", "not_told", "no_receipt", "twice", "failed_by_reason", "texts"} <= set(told)
    code, shown = await liandong(district, "campaign", "show", one["id"][-6:])
    assert code == 0 and "《手机防骗四不要》" in shown and f"共 {one['all']} 人" in shown


async def test_an_id_that_is_none_is_said(district: Path) -> None:
    code, said = await liandong(district, "campaign", "show", "nothing")
    assert code == 1 and "没有编号为“nothing”的" in said


async def test_found_by_words_of_its_title_and_by_its_stage(district: Path) -> None:
    words = ("notice", "send", "--to", "云汀区委", "--text", "明天上午停水。", "--approved-by")
    name = (await liandong(district, *words, "没有这个人"))[1].partition("可以同意的：")[2].partition("。")[0]
    who = [name.partition("、")[0]] if name and not name.startswith("还没有") else []
    sent = await liandong(district, *words[: 7 if who else 6], *who)
    assert sent[0] == 0, sent[1]

    async def listed(*asked: str) -> str:
        code, shown = await liandong(district, "campaign", "list", *asked)
        assert code == 0, shown
        return shown

    assert "通知" in await listed("停水") and "手机防骗" not in await listed("停水")
    assert "手机防骗四不要" in await listed("防骗") and "通知" not in await listed("防骗")
    assert "没有这样的" in await listed("台风")
    assert "手机防骗" in await listed("--state", "排着") and "没有这样的" in await listed("--state", "paused")
    code, shown = await liandong(district, "campaign", "list", "--state", "飞着")
    assert code == 1 and "没有“飞着”这个状态" in shown and "正在发" in shown
    code, shown = await liandong(district, "campaign", "show", "停水")
    assert code == 0 and "通知“明天上午停水。”" in shown
    code, shown = await liandong(district, "campaign", "cancel", "停水")
    assert code == 1 and "没有编号为“停水”的" in shown
