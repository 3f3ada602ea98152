"""A village on loopback: its people, its phones, and the address it is served at."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.clock import WoundClock
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World

EVENING = datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock(EVENING)


@pytest.fixture
def world(clock: WoundClock) -> World:
    return World(clock)


@pytest.fixture
def welder(world: World) -> Phone:
    return world.add_phone("何焊", "+8613900139001")


@pytest.fixture
def secretary(world: World) -> Phone:
    return world.add_phone("田书记", "+8613900139002")


@pytest.fixture
def grandfather(world: World) -> Phone:
    return world.add_phone("老葛", "+8613900139003", smartphone=False)


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    async with serving(sandbox_app(world)) as url:
        yield url
