"""A stand-in for the program: it writes down each call it gets, and may be down."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.server import serving


@dataclass
class Program:
    """`busy_for` is how many calls it still turns away with 503."""

    url: str = ""
    busy_for: int = 0
    heard: list[dict[str, str]] = field(default_factory=list)
    posted: list[tuple[Any, str]] = field(default_factory=list)

    async def hear(self, request: Request) -> Response:
        if self.busy_for:
            self.busy_for -= 1
            return Response(status_code=503)
        if request.method == "POST":
            secret = request.headers.get("x-telegram-bot-api-secret-token", "")
            self.posted.append((await request.json(), secret))
        else:
            self.heard.append(dict(request.query_params))
        return Response("")


@asynccontextmanager
async def program_up(program: Program, port: int = 0) -> AsyncIterator[Program]:
    app = Starlette(routes=[Route("/{path}", program.hear, methods=["GET", "POST"])])
    async with serving(app, port) as program.url:
        yield program
