"""`keys new` and `keys rotate`, as an operator types them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bot.test_command_line import liandong


async def test_a_new_key_file_is_its_owner_s_alone_and_never_written_over(tmp_path: Path) -> None:
    code, shown = await liandong(tmp_path, "keys", "new", "other.key")
    assert (code, "另存" in shown) == (0, True)
    kept = (tmp_path / "other.key").read_bytes()
    assert (tmp_path / "other.key").stat().st_mode & 0o777 == 0o600
    code, shown = await liandong(tmp_path, "keys", "new", "other.key")
    assert (code, "换一个文件名" in shown, (tmp_path / "other.key").read_bytes()) == (1, True, kept)
    code, shown = await liandong(tmp_path, "keys", "new", "nowhere/other.key")
    assert (code, "Traceback" in shown) == (1, False)


async def test_the_key_is_changed_and_the_operator_hears_what_of_the_backups(tmp_path: Path) -> None:
    await liandong(tmp_path, "migrate")
    office = ("--phone", "13900000001", "--role", "admin", "--unit", "云溪镇党委", "--found")
    await liandong(tmp_path, "grant", "--name", "祝文书", *office)
    code, shown = await liandong(tmp_path, "keys", "rotate")
    assert (code, "备份" in shown, "2 项" in shown, "已从密钥文件里删除" in shown) == (0, True, True, True)
    assert set(json.loads((tmp_path / "liandong.key").read_text())["keys"]) == {"2"}
    code, shown = await liandong(tmp_path, "keys", "rotate", "--keep", LANGUAGE="en")
    assert (code, "stays in the key file" in shown) == (0, True)
    assert set(json.loads((tmp_path / "liandong.key").read_text())["keys"]) == {"2", "3"}
    assert (await liandong(tmp_path, "silent"))[0] == 0


async def test_a_key_that_is_not_there_is_not_rotated(tmp_path: Path) -> None:
    code, shown = await liandong(tmp_path, "keys", "rotate")
    assert (code, "migrate" in shown, "Traceback" in shown) == (1, True, False)
