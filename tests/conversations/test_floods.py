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
    return Flood()


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
    answered_in = [await _checks_in(town, f"m{n}") for n in (3, 50, 103)]
    answered_in.append(await _draws_the_figures(town))
    await sending
    got = [_lessons(town, f"m{n}") for n in range(EVERYBODY - 2)]
    assert got == [1] * (EVERYBODY - 2)
    assert flood.refused == []
    assert max(answered_in) < 8


async def _checks_in(town: Town, handle: str) -> float:
    """Seconds until the answer is there."""
    began, phone = time.monotonic(), town.people[handle].phone
    town.world.type(phone.id, "签到")
    async with asyncio.timeout(20):
        while not any("平安" in m.text for m in town.world.chat(phone.id) if m.from_bot):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return time.monotonic() - began


async def _draws_the_figures(town: Town) -> float:
    """Seconds until the picture is there, asked for in the midst of it."""
    began, phone = time.monotonic(), town.liaison.phone
    town.world.type(phone.id, "统计")
    async with asyncio.timeout(20):
        while not any(m.picture for m in town.world.chat(phone.id)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return time.monotonic() - began


def _lessons(town: Town, handle: str) -> int:
    phone = town.people[handle].phone
    return sum("【工资被拖欠" in m.text for m in town.world.chat(phone.id))
