"""A server in our own loop: it names a port that is taken, and lets nobody go who is half served."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from urllib.parse import urlsplit

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


async def test_whoever_never_finishes_asking_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand such connections, and neither a receipt nor a cry for help would get in."""
    monkeypatch.setattr("bot.serving.PATIENCE", 0.2)
    async with serving(_app()) as url:
        here = urlsplit(url)
        mute = await asyncio.open_connection(here.hostname, here.port)
        dripping = await asyncio.open_connection(here.hostname, here.port)
        after_its_answer = await asyncio.open_connection(here.hostname, here.port)
        dripping[1].write(b"GET / HTTP/1.1\r\nHost: x\r\n")
        after_its_answer[1].write(b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        drops = asyncio.create_task(_drip(dripping[1], b"X-More: 1\r\n"))
        others = asyncio.create_task(_drip(after_its_answer[1], b"x"))
        async with asyncio.timeout(20):
            for reader, _ in (mute, dripping, after_its_answer):
                await _until_closed(reader)
        for task in (drops, others):
            task.cancel()
        for _, writer in (mute, dripping, after_its_answer):
            writer.close()


async def test_whoever_asks_again_and_whoever_waits_long_for_an_answer_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.serving.PATIENCE", 0.2)
    async with serving(_app()) as url:
        here = urlsplit(url)
        reader, writer = await asyncio.open_connection(here.hostname, here.port)
        async with asyncio.timeout(20):
            for path in ("/", "/slow", "/", "/"):
                writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                assert await reader.readuntil(b"well"), path
                await asyncio.sleep(0.1)
        writer.close()


def _app() -> Starlette:
    async def well(_request: Request) -> Response:
        return PlainTextResponse("well")

    async def slow(_request: Request) -> Response:
        await asyncio.sleep(0.9)
        return PlainTextResponse("well")

    return Starlette(routes=[Route("/", well), Route("/slow", slow)])


async def _drip(writer: asyncio.StreamWriter, drop: bytes) -> None:
    while True:
        writer.write(drop)
        await asyncio.sleep(0.02)


async def _until_closed(reader: asyncio.StreamReader) -> None:
    with suppress(ConnectionResetError):
        while await reader.read(1000):
            pass
