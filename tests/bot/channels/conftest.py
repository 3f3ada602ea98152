"""The village of `tests/bot/loopback.py`, and our door to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram import Telegram
from bot.sandbox.world import World
from tests.bot.loopback import clock, grandfather, url, welder, world

__all__ = ["clock", "grandfather", "url", "welder", "world"]


@pytest.fixture
async def door(world: World, url: str) -> AsyncIterator[Telegram]:
    door = Telegram(world.telegram.account.token, url)
    await door.start()
    yield door
    await door.close()
