"""The two companies of docs/gateways/plain_http.md on loopback, each after its manual as told there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.server import serving

ACCOUNT, SECRET = "liandong", "canary-of-a-company"


@dataclass
class Companies:
    """`says` is what both answer instead of taking it: a code of theirs."""

    url: str = ""
    says: str = ""
    wrong: set[str] = field(default_factory=set)
    taken: list[dict[str, Any]] = field(default_factory=list)

    async def by_get(self, request: Request) -> Response:
        raw = request.scope["query_string"].decode("ascii")
        said = dict(parse_qsl(raw, encoding="gbk", errors="strict"))
        signed = md5(f"{ACCOUNT}{SECRET}{said['time']}".encode()).hexdigest()
        if (said["user"], said["pass"]) != (ACCOUNT, signed):
            return PlainTextResponse("-1")
        if self.wrong & set(said["mobile"].split(",")):
            return PlainTextResponse("-4")
        if self.says:
            return PlainTextResponse(self.says)
        self.taken.append(said)
        return PlainTextResponse(f"0,20261123{len(self.taken):06}\r\n")

    async def by_json(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {SECRET}":
            return JSONResponse({"status": "error"}, 401)
        if self.says:
            return JSONResponse({"status": "error", "error": {"code": self.says}}, 400)
        self.taken.append(await request.json())
        return JSONResponse({"status": "accepted", "data": {"id": f"m-{len(self.taken)}"}}, 201)


@asynccontextmanager
async def companies_up() -> AsyncIterator[Companies]:
    both = Companies()
    routes = [
        Route("/sendsms", both.by_get, methods=["GET"]),
        Route("/v1/messages", both.by_json, methods=["POST"]),
    ]
    async with serving(Starlette(routes=routes)) as both.url:
        yield both
