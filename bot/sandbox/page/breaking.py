"""The SMS gateway, broken and mended by a visitor."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.gateway_mood import Mood
from bot.sandbox.world import World

MOODS: tuple[Mood, ...] = get_args(Mood)


def breaking_routes(world: World) -> list[Route]:
    """POST /gateway {"mood": "busy"}: one of MOODS."""
    return [Route("/gateway", _turning(world), methods=["POST"])]


def how_it_is(world: World) -> dict[str, Any]:
    """{mood, turnedAway}, as the page shows it."""
    return {"mood": world.gateway.now, "turnedAway": world.gateway.turned_away}


def _turning(world: World) -> Callable[[Request], Awaitable[Response]]:
    async def turn(request: Request) -> Response:
        try:
            mood = json.loads(await request.body())["mood"]
        except (ValueError, KeyError, TypeError):
            mood = None
        if mood not in MOODS:
            return JSONResponse({"error": f'Say {{"mood": …}}, one of: {", ".join(MOODS)}.'}, 400)
        if mood != world.gateway.now:
            world.gateway.turn(mood)
        return JSONResponse(how_it_is(world))

    return turn
