"""Telegram's limits are switched on, and nobody ever meets them. D2's district has 106 members."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.bot_api.flood import Flood
from tests.conversations.test_lesson import sends
from tests.conversations.town import Town, a_town

EVERYBODY = 106


@pytest.fixture
def flood() -> Flood:
    """Its second is a fifth shorter: on a busy machine what left a second apart may arrive closer."""
    return Flood(lambda: time.monotonic() * 1.25)


@pytest.fixture
async def full_town(tmp_path: Path, flood: Flood) -> AsyncIterator[Town]:
    async with a_town(tmp_path, paced=True) as town:
        town.world.telegram.gate = flood
        for n in range(EVERYBODY - 2):
            await town.moves_in(f"m{n}", f"林{n}", f"+86139000{n + 10:05}", liaison="liaison")
        yield town


async def test_a_lesson_to_all_and_the_answers_meanwhile_are_never_refused(
    full_town: Town, flood: Flood
) -> None:
    town = full_town
    sending = asyncio.create_task(sends(town.secretary))
    while flood.let_through < 20:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await _checks_in(town, "m3")
    assert sum(_lessons(town, f"m{n}") for n in range(EVERYBODY - 2)) < EVERYBODY - 2, "it waited for all"
    for n in (50, 103):
        await _checks_in(town, f"m{n}")
    await _draws_the_figures(town)
    await sending
    got = [_lessons(town, f"m{n}") for n in range(EVERYBODY - 2)]
    assert got == [1] * (EVERYBODY - 2)
    assert flood.refused == []


async def _checks_in(town: Town, handle: str) -> None:
    """Returns once the answer is there."""
    phone = town.people[handle].phone
    town.world.type(phone.id, "签到")
    async with asyncio.timeout(20):
        while not any("平安" in m.text for m in town.world.chat(phone.id) if m.from_bot):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def _draws_the_figures(town: Town) -> None:
    """Returns once the picture is there, asked for in the midst of it."""
    phone = town.liaison.phone
    town.world.type(phone.id, "统计")
    async with asyncio.timeout(20):
        while not any(m.picture for m in town.world.chat(phone.id)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def _lessons(town: Town, handle: str) -> int:
    phone = town.people[handle].phone
    return sum("【工资被拖欠" in m.text for m in town.world.chat(phone.id))
