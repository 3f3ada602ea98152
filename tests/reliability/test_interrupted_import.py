"""An import that is killed leaves nothing behind: a roster is taken whole or not at all."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from storage.addresses import addresses
from storage.database import Database
from storage.files import members
from storage.migrations import bring_up_to_date
from storage.offices import offices
from storage.people import people
from storage.units import units
from storage.vault import new_vault, read_vault, write_vault
from tests.handlers.test_roster_import import WILLOW, book

ROOT = Path(__file__).parents[2]
ROWS, KILLS = 3_000, 6
NAMES = "远山水田石林森春兰秋菊冬梅国强建军志明秀英丽华夏"


async def test_killed_at_any_moment_an_import_leaves_nothing_or_everything(tmp_path: Path) -> None:
    settings = await _prepared(tmp_path)
    (tmp_path / "roster.xlsx").write_bytes(_roster())
    began = time.perf_counter()
    assert (await _import(tmp_path, settings, "--dry-run"))[0] == 0
    usual = time.perf_counter() - began
    for n in range(KILLS):
        code, _ = await _import(tmp_path, settings, kill_after=usual * (0.4 + 0.2 * n))
        kept = await _kept(tmp_path, settings)
        assert kept in (NOTHING, EVERYTHING), f"killed with {code}"
    code, told = await _import(tmp_path, settings, "--json")
    assert code == 0, told
    assert await _kept(tmp_path, settings) == EVERYTHING


NOTHING = (0, 0, 0, 0, 0)
# Beside the members stand their one liaison, the branch and the committee above it.
EVERYTHING = (ROWS, ROWS + 1, ROWS, 1, 2)


def _roster() -> bytes:
    rows = [
        (f"田{NAMES[n % 24]}{NAMES[n // 24 % 24]}", str(13_900_000_000 + n), WILLOW, "孟联")
        for n in range(ROWS)
    ]
    return book({"花名册": [("姓名", "手机号", "所在支部", "联系人"), *rows]})


async def _prepared(folder: Path) -> dict[str, str]:
    settings = {
        "LIANDONG_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'liandong.db'}",
        "LIANDONG_KEY_FILE": str(folder / "key"),
    }
    write_vault(new_vault(), folder / "key")
    await bring_up_to_date(settings["LIANDONG_DATABASE_URL"])
    return settings


async def _import(
    folder: Path, settings: dict[str, str], *options: str, kill_after: float = 0.0
) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "import", "roster.xlsx", *options),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    if kill_after:
        asyncio.get_running_loop().call_later(kill_after, _kill, process)
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()


async def _kept(folder: Path, settings: dict[str, str]) -> tuple[int, ...]:
    database = Database(settings["LIANDONG_DATABASE_URL"], read_vault(folder / "key"))
    try:
        async with database.reading() as tx:
            counted = [
                (await tx.conn.execute(select(func.count()).select_from(table))).scalar_one()
                for table in (members, people, addresses, offices, units)
            ]
        return tuple(counted)
    finally:
        await database.close()
