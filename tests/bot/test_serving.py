"""A server in our own loop: it names a port that is taken, and lets nobody go who is half served."""

from __future__ import annotations

import asyncio
import time

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.serving import PortBusy, serving


def answering_after(seconds: float, begun: asyncio.Event) -> Starlette:
    async def slowly(_request: Request) -> Response:
        begun.set()
        await asyncio.sleep(seconds)
        return PlainTextResponse("done")

    return Starlette(routes=[Route("/", slowly)])


async def test_a_busy_port_is_named() -> None:
    async with serving(Starlette()) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(PortBusy) as busy:
            async with serving(Starlette(), port):
                pass
        assert busy.value.port == port
    async with serving(Starlette(), port):
        """And it is free again afterwards."""


async def test_an_answer_carries_the_time_of_now_and_not_that_of_the_start() -> None:
    async with httpx.AsyncClient(trust_env=False) as client, serving(Starlette()) as url:
        first = (await client.get(url)).headers["date"]
        async with asyncio.timeout(20):
            while (await client.get(url)).headers["date"] == first:  # noqa: ASYNC110
                await asyncio.sleep(0.1)


async def test_whoever_is_being_served_gets_the_answer() -> None:
    begun = asyncio.Event()
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serving(answering_after(0.2, begun)) as url:
            asking = asyncio.create_task(client.get(url))
            await begun.wait()
        assert (await asking).text == "done"


async def test_whoever_would_never_end_is_not_waited_for() -> None:
    begun = asyncio.Event()
    async with httpx.AsyncClient(trust_env=False) as client:
        async with serving(answering_after(60, begun)) as url:
            asking = asyncio.create_task(client.get(url))
            await begun.wait()
            leaving = time.monotonic()
        assert time.monotonic() - leaving < 30
        [answer] = await asyncio.gather(asking, return_exceptions=True)
        assert not isinstance(answer, httpx.Response) or answer.status_code >= 500
