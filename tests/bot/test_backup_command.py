"""`backup` beside the running program, and `restore` after a bad night, as an operator types them."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from bot.clock import WallClock
from bot.sandbox.world import World
from tests.bot.test_command_line import liandong, running
from tests.ports import free_port
from tests.reliability.program import Program

OFFICE = ("--phone", "13900000001", "--role", "admin", "--unit", "云溪镇党委")


async def _a_place(folder: Path) -> None:
    await liandong(folder, "migrate")
    assert (await liandong(folder, "grant", "--name", "祝文书", *OFFICE, "--found"))[0] == 0


async def test_a_backup_is_made_while_the_program_runs_and_none_is_restored_then(tmp_path: Path) -> None:
    await _a_place(tmp_path)
    port = free_port()
    settings = {"TELEGRAM_TOKEN": "1:a", "TELEGRAM_API": "http://127.0.0.1:1", "HTTP_PORT": str(port)}
    async with running(tmp_path, settings):
        await _until_it_listens(port)
        code, shown = await liandong(tmp_path, "backup", "b")
        assert (code, "密钥不在里面" in shown, "1 人" in shown) == (0, True, True)
        code, shown = await liandong(tmp_path, "backup", "b")
        assert (code, "换一个文件名" in shown) == (1, True)
        code, shown = await liandong(tmp_path, "restore", "b", "--replace")
        assert (code, "先停下" in shown, "Traceback" in shown) == (1, True, False)
    assert (await liandong(tmp_path, "restore", "b", "--replace"))[0] == 0


async def test_what_was_lost_comes_back_and_the_operator_is_told_what_to_do_next(tmp_path: Path) -> None:
    await _a_place(tmp_path)
    await liandong(tmp_path, "backup", "b")
    code, shown = await liandong(tmp_path, "restore", "b")
    assert (code, "--replace" in shown) == (1, True)
    (tmp_path / "liandong.db").unlink()
    code, shown = await liandong(tmp_path, "restore", "b", LANGUAGE="en")
    assert (code, "doctor" in shown, "1 people" in shown) == (0, True, True), shown
    assert (tmp_path / "liandong.db").stat().st_mode & 0o777 == 0o600
    code, shown = await liandong(tmp_path, "grant", "--name", "祝文书", *OFFICE)
    assert (code, "held already" in shown) == (0, True)


async def test_a_backup_asks_for_its_own_key(tmp_path: Path) -> None:
    await _a_place(tmp_path)
    await liandong(tmp_path, "backup", "b")
    await liandong(tmp_path, "keys", "new", "other.key")
    code, shown = await liandong(tmp_path, "restore", "b", "--replace", KEY_FILE="other.key")
    assert (code, "不是一套" in shown) == (1, True)
    (tmp_path / "b").write_bytes((tmp_path / "b").read_bytes()[:-20])
    code, shown = await liandong(tmp_path, "restore", "b", "--replace")
    assert (code, "不是完整的备份" in shown) == (1, True)
    code, shown = await liandong(tmp_path, "backup", "nowhere/b")
    assert (code, "Traceback" in shown) == (1, False), shown


async def test_a_restore_that_is_killed_leaves_the_old_database_and_can_be_done_again(tmp_path: Path) -> None:
    await _a_place(tmp_path)
    await liandong(tmp_path, "backup", "b")
    program = Program(tmp_path, World(WallClock()), "http://127.0.0.1:1")
    program.settings["LIANDONG_KEY_FILE"] = str(tmp_path / "liandong.key")
    beside = tmp_path / ".liandong.db.restoring"
    killed = await program.command_killed(beside.exists, "restore", "b", "--replace")
    assert killed == -signal.SIGKILL
    code, shown = await liandong(tmp_path, "grant", "--name", "祝文书", *OFFICE)
    assert (code, "held already" in shown) == (0, True), shown
    assert (await liandong(tmp_path, "restore", "b", "--replace"))[0] == 0
    assert not list(tmp_path.glob(".*restoring*"))  # noqa: ASYNC240


async def _until_it_listens(port: int) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                return writer.close()
