"""`doctor` looks at a database in trouble, says what it is in one line, and what to do in the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.bot.test_command_line import liandong, without_powers
from tests.ports import free_port
from tests.reliability.small_disk import full, held, small_disk


async def place(folder: Path) -> dict[str, str]:
    """A database on a disk of its own, beside nothing that listens anywhere."""
    settings = {
        "DATABASE_URL": f"sqlite:///{folder}/disk/liandong.db",
        "SMS_GATEWAY": "none",
        "HTTP_PORT": str(free_port()),
    }
    assert (await liandong(folder, "migrate", **settings))[0] == 0
    return settings


@contextmanager
def at_work(database: Path) -> Iterator[None]:
    """As the program has it, which keeps SQLite's own files beside it there."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("SELECT * FROM alembic_version").fetchall()
        yield


@pytest.mark.parametrize(
    ("trouble", "line"), [(full, "磁盘满了，存不进东西。"), (held, "数据库被别的程序占着，写不进去。")]
)
async def test_it_says_so_in_one_line(
    tmp_path: Path, trouble: Callable[[Path], AbstractContextManager[None]], line: str
) -> None:
    with small_disk(tmp_path) as disk:
        settings = await place(tmp_path)
        assert "✓ 数据库写得进去。" in (await liandong(tmp_path, "doctor", **settings))[1]
        with at_work(disk / "liandong.db"), trouble(disk / "liandong.db"):
            code, shown = await liandong(tmp_path, "doctor", **settings)
        assert code == 1
        assert shown.count(line) == 1
        lines = shown.splitlines()
        todo = lines[lines.index(f"✗ {line}") + 1]
        assert todo.startswith("  → ")
        # All else can be looked at as on any day.
        assert "✓ 数据库文件完好。" in shown and "没有查成" not in shown
        assert line not in (await liandong(tmp_path, "doctor", **settings))[1]


async def test_without_the_program_a_full_disk_keeps_the_file_shut_and_it_says_why(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        settings = await place(tmp_path)
        with full(disk / "liandong.db"):
            code, shown = await liandong(tmp_path, "doctor", **settings)
        assert code == 1
        assert shown.count("✗ 磁盘满了，数据库") == 1


async def test_of_a_file_that_may_only_be_read_it_says_who_may_not(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    settings = await place(tmp_path)
    for file in (tmp_path / "disk").iterdir():
        file.chmod(0o400)
    code, shown = await without_powers(tmp_path, "doctor", **settings)
    assert code == 1
    assert f"✗ 没有权限读写 {tmp_path}/disk/liandong.db" in shown
    code, shown = await without_powers(tmp_path, "run", **settings, TELEGRAM_TOKEN="1:" + "a" * 35)
    assert (code, shown.count("\n")) == (1, 2), "Chinese, English, and no traceback"
    assert "没有权限读写" in shown
    for file in (tmp_path / "disk").iterdir():
        file.chmod(0o600)
    assert "✓ 数据库写得进去。" in (await without_powers(tmp_path, "doctor", **settings))[1]
