"""The body of a request from a stranger: so large and so slow it may be, and no more."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

# Seconds that a body may take: whoever lets it drip holds a connection for ever.
_PATIENCE = 10.0


async def body_of(request: Request, largest: int) -> bytes | Response:
    """The body, or our refusal of one that is over `largest` bytes, or never comes."""
    try:
        async with asyncio.timeout(_PATIENCE):
            body = await _read(request, largest)
    except (TimeoutError, ClientDisconnect):
        return PlainTextResponse("too slow", status_code=408)
    return PlainTextResponse("too large", status_code=413) if body is None else body


async def _read(request: Request, largest: int) -> bytes | None:
    """None for one that is too large: it is refused before it is all in memory."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > largest:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            return None
    return bytes(body)
