"""The database takes nothing in for a while: nothing is acknowledged that is not stored, nothing is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from content.letter import Letter
from storage import post
from tests.engines import postgres
from tests.postgres_server import Postgres
from tests.reliability.read_only import read_only
from tests.reliability.small_disk import failing, full, held, small_disk
from tests.reliability.troubles import Town, a_town, lives_through

__all__ = ["postgres"]

LETTERS = 5


@pytest.mark.parametrize("way", ["polling", "webhook"])
async def test_the_disk_is_full_for_a_while(tmp_path: Path, way: str) -> None:
    with small_disk(tmp_path) as disk:
        database = disk / "liandong.db"
        async with a_town(tmp_path, f"sqlite+aiosqlite:///{database}", by=way) as town:
            await lives_through(town, lambda: full(database), "磁盘满了")
            assert await town.program.stop() == 0
            assert "Traceback" not in town.program.log.read_text()
            await a_trouble_is_a_line_and_not_a_flood(town)


async def a_trouble_is_a_line_and_not_a_flood(town: Town) -> None:
    """The log may lie on the very disk that is full."""
    lines = town.program.log.read_text().splitlines()
    assert len(lines) < 25
    assert sum("[warning  ] trouble  " in line for line in lines) == 1


async def test_another_program_holds_the_database(tmp_path: Path) -> None:
    path = tmp_path / "liandong.db"
    async with a_town(tmp_path, f"sqlite+aiosqlite:///{path}") as town:
        await lives_through(town, lambda: held(path), "被别的程序占着")


async def test_the_disk_fails_under_the_running_program(tmp_path: Path) -> None:
    async with a_town(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'liandong.db'}") as town:
        await lives_through(town, lambda: failing(town.program.process), "磁盘读写出错")


async def test_postgresql_goes_away_and_comes_back(tmp_path: Path, postgres: Postgres) -> None:
    with postgres.fresh("template1") as url:
        async with a_town(tmp_path, url) as town:
            await lives_through(town, postgres.away, "连不上数据库")
            await town.program.stop()


async def test_postgresql_takes_only_questions(tmp_path: Path, postgres: Postgres) -> None:
    with postgres.fresh("template1") as url:
        async with a_town(tmp_path, url) as town:
            await lives_through(town, lambda: read_only(postgres, url), "只读")
            await town.program.stop()


async def test_what_was_on_its_way_when_the_disk_filled_up_arrives_once(tmp_path: Path) -> None:
    """The centre took it, and nobody could write that down: whoever forgets it sends it a second time."""
    with small_disk(tmp_path) as disk:
        database = disk / "liandong.db"
        async with a_town(tmp_path, f"sqlite+aiosqlite:///{database}") as town:
            town.centre.seconds = 0.7
            await town.program.start()
            await town.program.until_it_answers()
            await until_well(town)
            await promise_letters(town)
            await town.until(lambda: town.centre.asked > 0)
            with full(database):
                await town.until_told("磁盘满了")
                await asyncio.sleep(2)
            await town.until_settled(patience=20)
            assert letters_heard(town) == [LETTERS] * len(town.residents)


async def test_it_starts_with_the_database_in_trouble_and_goes_on_when_that_is_over(tmp_path: Path) -> None:
    path = tmp_path / "liandong.db"
    async with a_town(tmp_path, f"sqlite+aiosqlite:///{path}") as town:
        town.everybody_checks_in()
        with held(path):
            await town.program.start()
            await town.program.until_it_answers()
            await town.until_told("被别的程序占着")
            assert await town.gateway_brings("refused") == 503
        await town.until_settled()
        assert town.heard() == town.said


async def until_well(town: Town) -> None:
    while (await town.asked("/health"))[0] != 200:  # noqa: ASYNC110
        await asyncio.sleep(0.05)


async def promise_letters(town: Town) -> None:
    async with town.program.database() as opened, opened.writing() as tx:
        for who in town.residents:
            for n in range(LETTERS):
                letter = Letter(f"第{n}封信")
                assert await post.tell(tx, town.world.clock.now(), who.id, letter, "reply", f"{who.id} {n}")


def letters_heard(town: Town) -> list[int]:
    return [town.heard()[who.id, "telegram" if who.phone.smartphone else "sms"] for who in town.residents]
