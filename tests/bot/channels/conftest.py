"""A village on loopback, and our doors to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.channels.telegram import Telegram
from bot.clock import WoundClock
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World


@pytest.fixture
def world() -> World:
    return World(WoundClock(datetime(2026, 3, 2, 11, 30, tzinfo=UTC)))


@pytest.fixture
def welder(world: World) -> Phone:
    return world.add_phone("何焊", "+8613900139001")


@pytest.fixture
def grandfather(world: World) -> Phone:
    return world.add_phone("老葛", "+8613900139003", smartphone=False)


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    async with serving(sandbox_app(world)) as url:
        yield url


@pytest.fixture
async def door(world: World, url: str) -> AsyncIterator[Telegram]:
    door = Telegram(world.telegram.account.token, url)
    await door.start()
    yield door
    await door.close()
