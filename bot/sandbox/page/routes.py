"""Every address of the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, get_args

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.page.breaking import breaking_routes
from bot.sandbox.page.casting import casting_routes
from bot.sandbox.page.doing import deed_routes
from bot.sandbox.page.flooding import flood_routes
from bot.sandbox.page.guard import Guard
from bot.sandbox.page.live import live
from bot.sandbox.page.stage import Stage, Step
from bot.sandbox.page.views import HERE, STATIC, file, page
from bot.sandbox.world import World


def page_routes(world: World, stage: Stage) -> list[BaseRoute]:
    """The demo's page at /, for the browser on this machine alone; each route brings its own guard."""
    routes = [
        Route("/", page(world, stage)),
        Route("/live", live(world, stage)),
        Route("/files/{file}", file(world)),
        Route("/wind/{step}", _winding(stage), methods=["POST"]),
        *casting_routes(world, stage),
        *deed_routes(world, stage),
        *flood_routes(world),
        *breaking_routes(world),
    ]
    return [*map(_guarded, routes), _static()]


def _guarded(route: Route) -> Route:
    methods = sorted(route.methods or ())
    return Route(route.path, route.endpoint, methods=methods, middleware=[Middleware(Guard)])


def _static() -> Mount:
    return Mount(STATIC, StaticFiles(directory=HERE / "static"), middleware=[Middleware(Guard)])


def _winding(stage: Stage) -> Callable[[Request], Any]:
    """Two visitors who wind at once have it wound twice, one after the other."""
    one_at_a_time = asyncio.Lock()

    async def wind(request: Request) -> Response:
        step: Step = request.path_params["step"]
        if step not in get_args(Step):
            return JSONResponse({"error": "The clock is wound by a day, a week, or to what is next."}, 404)
        async with one_at_a_time:
            return JSONResponse({"happened": await stage.wind(step)})

    return wind
