"""`notice send` at the command line: planned once, counted with all that is paid for. (S24)"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import WallClock
from schedules.run_campaigns import run_campaigns
from storage import addresses, members, people, units
from tests.bot.operators_folder import opened
from tests.bot.test_command_line import liandong


@pytest.fixture
async def village(tmp_path: Path) -> Path:
    """A branch with one member, who has an old phone."""
    assert (await liandong(tmp_path, "migrate"))[0] == 0
    database, now = opened(tmp_path), WallClock().now()
    async with database.writing() as tx:
        branch = await units.found(tx, now, "柳湾村党支部", "branch")
        person = await people.add(tx, now, "欧阳山")
        await members.enrol(tx, now, person, branch)
        await addresses.add(tx, now, person, "sms", "+8613900000004", verified=True)
        await people.has_joined(tx, person, now)
    await database.close()
    return tmp_path


async def test_it_is_shown_planned_once_and_goes_out(village: Path) -> None:
    words = ("notice", "send", "--to", "柳湾", "--text", "明天停水")
    code, shown = await liandong(village, *words, "--dry-run")
    assert code == 0 and "短信 1 人（1 条" in shown and "只是预览" in shown
    assert (await liandong(village, *words))[0] == 0
    code, shown = await liandong(village, *words)
    assert code == 1 and "没有再排一次" in shown
    database = opened(village)
    async with database.writing() as tx:
        while await run_campaigns(tx, WallClock().now() + timedelta(minutes=1)):
            pass
    await database.close()


async def test_from_a_file(village: Path) -> None:
    (village / "notice.txt").write_text("明天停水，请备水。\n", "utf-8")
    code, shown = await liandong(
        village, "notice", "send", "--to", "柳湾", "--file", str(village / "notice.txt"), "--dry-run"
    )
    assert code == 0 and "短信 1 人" in shown


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ((), "二选一"),
        (("--text", "停水" * 301), "太长了：602 字"),
        (("--text", "明天停水", "--at", "2020-01-01 08:00"), "已经过了"),
    ],
)
async def test_what_cannot_be_sent_is_said_in_one_line(
    village: Path, words: tuple[str, ...], answer: str
) -> None:
    code, shown = await liandong(village, "notice", "send", "--to", "柳湾", *words)
    assert code == 1 and answer in shown
