"""Telegram's limits, switched on and off by a visitor or by whoever tests against the sandbox."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.bot_api.flood import Flood
from bot.sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def flood_routes(world: World) -> list[Route]:
    """GET /flood tells {on, passed, refused}; POST /flood {"on": true} or {"on": false} switches."""
    return [Route("/flood", _telling(world)), Route("/flood", _switching(world), methods=["POST"])]


def _telling(world: World) -> Endpoint:
    async def tell(request: Request) -> Response:
        return _told(world)

    return tell


def _switching(world: World) -> Endpoint:
    async def switch(request: Request) -> Response:
        try:
            on = json.loads(await request.body())["on"]
        except (ValueError, KeyError, TypeError):
            on = None
        if not isinstance(on, bool):
            return JSONResponse({"error": 'Say {"on": true} or {"on": false}.'}, 400)
        if on != (world.telegram.gate is not None):
            world.telegram.gate = Flood() if on else None
        return _told(world)

    return switch


def _told(world: World) -> Response:
    gate = world.telegram.gate
    passed, refused = (gate.let_through, len(gate.refused)) if isinstance(gate, Flood) else (0, 0)
    return JSONResponse({"on": gate is not None, "passed": passed, "refused": refused})
