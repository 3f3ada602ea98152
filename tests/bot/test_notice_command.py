"""`notice send` at the command line: planned once, counted with all that is paid for. (S24)"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import WallClock
from schedules.run_campaigns import run_campaigns
from storage import addresses, members, offices, people, units
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
        secretary = await people.add(tx, now, "祝文书")
        await offices.grant(tx, now, secretary, "secretary", branch)
        stranger = await people.add(tx, now, "钱主任")
        elsewhere = await units.found(tx, now, "东山村党支部", "branch")
        await offices.grant(tx, now, stranger, "secretary", elsewhere)
    await database.close()
    return tmp_path


async def test_it_is_shown_planned_once_and_goes_out(village: Path) -> None:
    words = ("notice", "send", "--to", "柳湾村党支部", "--text", "明天停水")
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
        village, "notice", "send", "--to", "柳湾村党支部", "--file", str(village / "notice.txt"), "--dry-run"
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
    code, shown = await liandong(village, "notice", "send", "--to", "柳湾村党支部", *words)
    assert code == 1 and answer in shown


WITH_A_LINK = ("notice", "send", "--to", "柳湾村党支部", "--text", "请看 https://example.com")


async def test_a_link_needs_a_second_person_who_may(village: Path) -> None:
    code, shown = await liandong(village, *WITH_A_LINK)
    assert code == 1 and "话里有网址" in shown and "--approved-by" in shown
    for name in ("王五", "钱主任", "欧阳山"):
        code, shown = await liandong(village, *WITH_A_LINK, "--approved-by", name)
        assert code == 1 and f"“{name}”不是" in shown and "可以同意的：祝文书" in shown
    code, shown = await liandong(village, *WITH_A_LINK, "--approved-by", "祝文书")
    assert code == 0 and "同意人：祝文书" in shown
    _, listed = await liandong(village, "campaign", "list")
    named = listed.splitlines()[-1].split()[0]
    assert "同意人：祝文书" in (await liandong(village, "campaign", "show", named))[1]


async def test_many_need_a_second_person_too(village: Path) -> None:
    words = ("notice", "send", "--to", "柳湾村党支部", "--text", "明天停水")
    (village / "liandong.toml").write_text("approval_above = 1\n", "utf-8")
    database, now = opened(village), WallClock().now()
    async with database.writing() as tx:
        [branch] = await units.named(tx, "柳湾村党支部")
        await members.enrol(tx, now, await people.add(tx, now, "石远"), branch)
    await database.close()
    code, shown = await liandong(village, *words)
    assert code == 1 and "超过 1 人" in shown.replace("超过1人", "超过 1 人")
    assert (await liandong(village, *words, "--approved-by", "祝文书"))[0] == 0


async def test_a_part_of_a_name_will_not_do(village: Path) -> None:
    for part, candidates in (("柳湾", ["柳湾村党支部"]), ("村党支部", ["柳湾村党支部", "东山村党支部"])):
        code, shown = await liandong(village, "notice", "send", "--to", part, "--text", "停水")
        assert code == 1 and all(one in shown for one in candidates)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16", "utf-8-sig"])
async def test_a_file_as_notepad_saves_it(village: Path, encoding: str) -> None:
    (village / "notice.txt").write_bytes("明天停水，请备水。\r\n".encode(encoding))
    words = ("notice", "send", "--to", "柳湾村党支部", "--file", str(village / "notice.txt"))
    assert (await liandong(village, *words))[0] == 0
    assert "没有再排一次" in (await liandong(village, *words[:4], "--text", "明天停水，请备水。"))[1]


async def test_a_broken_file_is_refused_in_chinese(village: Path) -> None:
    (village / "notice.txt").write_bytes(b"\x81\xff\xfe\x00\xff")
    words = ("notice", "send", "--to", "柳湾村党支部", "--file", str(village / "notice.txt"))
    code, shown = await liandong(village, *words)
    assert code == 1 and "不是文字，或者坏了" in shown and "Traceback" not in shown
