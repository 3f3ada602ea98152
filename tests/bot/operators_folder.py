"""The folder of an operator: a database and its key, and in it the district of the demo."""

from __future__ import annotations

from pathlib import Path

from bot.clock import WallClock
from bot.sandbox.district import found_district
from bot.settings import read_settings
from storage.database import Database
from storage.vault import read_vault
from tests.bot.test_command_line import liandong
from tests.bot.test_district import CAST


def opened(folder: Path) -> Database:
    """Its database; whoever opens it closes it."""
    settings = read_settings({}, folder)
    return Database(f"sqlite+aiosqlite:///{folder}/liandong.db", read_vault(folder / settings.key_file))


async def found_a_district(folder: Path) -> None:
    assert (await liandong(folder, "migrate"))[0] == 0
    database = opened(folder)
    async with database.writing() as tx:
        await found_district(tx, WallClock().now(), CAST)
    await database.close()
