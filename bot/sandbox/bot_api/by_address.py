"""Pictures and documents that a bot names by their address: fetched here as Telegram would fetch them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from starlette.datastructures import Headers

from bot.sandbox.bot_api.parameters import Parameters, Upload
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.line_out import NotFetched

# Source: Bot API, "Sending files": how much may lie at an address.
MOST = {"photo": 5 * 1024 * 1024, "document": 20 * 1024 * 1024}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

Fetch = Callable[[str, int], Awaitable[bytes]]


def may_fetch(headers: Headers) -> bool:
    """Not where some web page calls from a browser: it would read through us what it may not."""
    host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
    return host in LOOPBACK and "origin" not in headers


async def with_fetched(parameters: Parameters, fetch: Fetch | None) -> Parameters:
    """The same call with the bytes in the place of the address. Raises Refused."""
    fetched = {}
    for name, most in MOST.items():
        url = parameters.text(name)
        if url.startswith(("http://", "https://")):
            fetched[name] = await _fetched(url, most, fetch)
    if not fetched:
        return parameters
    said = {name: value for name, value in parameters.said.items() if name not in fetched}
    return replace(parameters, said=said, uploads={**parameters.uploads, **fetched})


async def _fetched(url: str, most: int, fetch: Fetch | None) -> Upload:
    try:
        content = await fetch(url, most) if fetch else b""
    except NotFetched:
        content = b""
    if not content:
        raise bad_request("failed to get HTTP URL content")
    return Upload(unquote(urlsplit(url).path.rpartition("/")[2]) or "file", content)
