"""The pretend world's one way out: to the program, to a webhook, to a file that a bot named by address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from bot.sandbox.errands import Errand


class NotFetched(Exception):
    """Nothing could be read at that address, or more than may be."""


class LineOut:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def call(self, errand: Errand) -> str:
        """Why it failed, in Telegram's words; nothing where it did not."""
        try:
            answer = await self._client.request(
                errand.method, errand.url, json=errand.json, headers=errand.headers
            )
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.ConnectError as error:
            return "SSL error" if "ssl" in str(error).lower() else "Connection refused"
        except (httpx.HTTPError, httpx.InvalidURL):
            return "Webhook connection closed"
        if not answer.is_success:
            return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
        await errand.heard(answer.headers.get("content-type", ""), answer.content)
        return ""

    async def fetch(self, url: str, most: int) -> bytes:
        """What lies at an address, up to `most` bytes. Raises NotFetched."""
        content = bytearray()
        try:
            async with self._client.stream("GET", url, follow_redirects=True) as answer:
                answer.raise_for_status()
                async for piece in answer.aiter_bytes():
                    content += piece
                    if len(content) > most:
                        raise NotFetched(url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotFetched(url) from error
        return bytes(content)


@asynccontextmanager
async def line_out() -> AsyncIterator[LineOut]:
    limits = httpx.Limits(max_connections=10)
    timeout = httpx.Timeout(20, pool=None)
    async with httpx.AsyncClient(limits=limits, timeout=timeout, trust_env=False) as client:
        yield LineOut(client)
