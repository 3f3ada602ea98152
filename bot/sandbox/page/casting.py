"""Who may be asked on to the stage, who is, and who leaves it again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.page.stage import NobodyThere, Stage
from bot.sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def casting_routes(world: World, stage: Stage) -> list[Route]:
    """GET /people; POST /people/ID/bring; POST /phones/ID/dismiss."""
    return [
        Route("/people", _waiting(stage)),
        Route("/people/{person}/bring", _bringing(world, stage), methods=["POST"]),
        Route("/phones/{phone:int}/dismiss", _dismissing(world, stage), methods=["POST"]),
    ]


def _waiting(stage: Stage) -> Endpoint:
    async def show(request: Request) -> Response:
        people: list[dict[str, Any]] = [
            {"id": each.id, "name": each.name, "role": each.role._asdict(), "unit": each.unit}
            for each in await stage.waiting()
        ]
        return JSONResponse({"people": people})

    return show


def _bringing(world: World, stage: Stage) -> Endpoint:
    async def bring(request: Request) -> Response:
        try:
            phone_id = await stage.bring(request.path_params["person"])
        except NobodyThere:
            return _nobody()
        world.changes.ring()
        return JSONResponse({"phone": phone_id})

    return bring


def _dismissing(world: World, stage: Stage) -> Endpoint:
    async def dismiss(request: Request) -> Response:
        try:
            await stage.dismiss(request.path_params["phone"])
        except NobodyThere:
            return _nobody()
        world.changes.ring()
        return JSONResponse({"done": True})

    return dismiss


def _nobody() -> Response:
    return JSONResponse({"error": "NobodyThere"}, 404)
