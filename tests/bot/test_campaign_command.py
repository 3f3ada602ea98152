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
