"""The sandbox opens on a free port and closes without making anybody wait."""

from __future__ import annotations

import asyncio
import signal
import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.server import PortBusy, sandbox_app, serving
from bot.sandbox.world import World

from .conftest import bot_of


async def test_the_door_closes_on_those_who_wait(world: World) -> None:
    async with serving(sandbox_app(world)) as url:
        bot = bot_of(world.telegram.account.token, url)
        await bot.initialize()
        waiting = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.1)
    assert await waiting == (), "whoever is waited for and then cut off hears of a fault"
    await bot.shutdown()


async def test_a_busy_port_is_named(world: World, url: str) -> None:
    port = int(url.rpartition(":")[2])
    with pytest.raises(PortBusy) as busy:
        async with serving(sandbox_app(world), port):
            pass
    assert busy.value.port == port


async def test_a_handler_that_never_ends_is_ended(world: World) -> None:
    async def sleep(request: Request) -> Response:
        await asyncio.sleep(60)
        return Response("")

    async with httpx.AsyncClient() as client:
        async with serving(Starlette(routes=[Route("/", sleep)])) as url:
            waiting = asyncio.create_task(client.get(url, timeout=60))
            await asyncio.sleep(0.1)
            began = time.monotonic()
        assert time.monotonic() - began < 30
        assert (await waiting).status_code == 500


async def test_the_world_outlives_its_door_and_signals_stay_as_they_were(world: World) -> None:
    handler = signal.getsignal(signal.SIGINT)
    phone = world.add_phone("何焊", "+8613900139001")
    async with serving(sandbox_app(world)):
        assert signal.getsignal(signal.SIGINT) is handler
        world.type(phone.id, "在")
    async with serving(sandbox_app(world)) as url, bot_of(world.telegram.account.token, url) as bot:
        assert [u.message.text for u in await bot.get_updates(timeout=5) if u.message] == ["在"]
