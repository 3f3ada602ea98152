"""The processes of a measurement: each side in one of its own, ended when it is over."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0


class NothingCame(Exception):
    """What was to be measured did not finish."""


@asynccontextmanager
async def process(
    *words: str, env: Mapping[str, str] | None = None, log: Path | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    out = (log or Path(os.devnull)).open("ab")
    with out:
        running = await asyncio.create_subprocess_exec(
            *words, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=out, stderr=out
        )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.terminate()
        await running.wait()


class FastBotApi:
    """The minimal Bot API, spoken to from beside."""

    def __init__(self, url: str, web: aiohttp.ClientSession) -> None:
        self.url = url
        self._web = web

    async def hand_out(self, updates: int) -> None:
        await self._ask(f"go?updates={updates}")

    async def rate(self, sent: int) -> float:
        """Messages a second, when so many have been sent since the last handing out."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                seen, seconds, _ = await self._ask("seen")
                if seen >= sent:
                    return float(seen / seconds)
                await asyncio.sleep(0.05)

    async def most_in_a_second(self) -> int:
        """Of the messages that arrived since the last handing out."""
        return (await self._ask("seen"))[2]

    async def _ask(self, path: str) -> tuple[int, float, int]:
        async with self._web.get(f"{self.url}/{path}") as answer:
            result: tuple[int, float, int] = (await answer.json())["result"]
            return result


@asynccontextmanager
async def fast_bot_api(delay: float = 0.0) -> AsyncIterator[FastBotApi]:
    """`delay`: seconds until it answers a message."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = process(sys.executable, "-m", "tests.bench.fast_bot_api", str(port), str(delay))
    async with server, aiohttp.ClientSession() as web:
        await until_it_answers(web, f"{url}/seen")
        yield FastBotApi(url, web)


async def until_it_answers(web: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with web.get(url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)
