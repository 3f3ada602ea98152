"""云MAS on loopback, after its manual: it checks the mac itself, takes a whole request or refuses it."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.server import serving

COMPANY, ACCOUNT, PASSWORD, SIGN = "云溪镇党委", "liandong", "canary-of-mas", "DWItALe3A"
# The fields of each interface in the order in which they are signed.
FREE = ("ecName", "apId", "secretKey", "mobiles", "content", "sign", "addSerial")
BY_TEMPLATE = ("ecName", "apId", "secretKey", "templateId", "mobiles", "params", "sign", "addSerial")


@dataclass
class YunmasPeer:
    """`no_numbers` are none for it; `refuses` is the code for no to all; `waiting` is what it hands out."""

    url: str = ""
    no_numbers: set[str] = field(default_factory=set)
    refuses: str = ""
    taken: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    waiting: dict[str, list[Any]] = field(default_factory=dict)

    async def submit(self, request: Request) -> Response:
        said = await self._said(request)
        fields = BY_TEMPLATE if request.url.path.endswith("tmpsubmit") else FREE
        code = self._objection(said, fields)
        if code:
            return JSONResponse({"msgGroup": "", "rspcod": code, "success": False})
        self.taken.append(said)
        group = f"1123152506001000{len(self.taken):06}"
        return JSONResponse({"msgGroup": group, "rspcod": "success", "success": True})

    async def hand_out(self, request: Request) -> Response:
        said = await self._said(request)
        if said["secretKey"] != PASSWORD:
            return Response(status_code=403)
        pages = self.waiting.get(request.url.path, [])
        return Response(json.dumps(pages.pop(0) if pages else []), media_type="application/json")

    async def _said(self, request: Request) -> dict[str, str]:
        self.paths.append(request.url.path)
        said: dict[str, str] = json.loads(b64decode(await request.body(), validate=True))
        return said

    def _objection(self, said: dict[str, str], fields: tuple[str, ...]) -> str:
        signed = "".join(PASSWORD if name == "secretKey" else said[name] for name in fields)
        if said["mac"] != md5(signed.encode()).hexdigest():
            return "IllegalMac"
        if said["sign"] != SIGN:
            return "NoSignId"
        numbers = said["mobiles"].split(",")
        if len(numbers) > 5000:
            return "TooManyMobiles"
        return "InvalidMobile" if self.no_numbers & set(numbers) else self.refuses


@asynccontextmanager
async def yunmas_up() -> AsyncIterator[YunmasPeer]:
    one = YunmasPeer()
    routes = [
        *(Route(f"/sms/{name}", one.submit, methods=["POST"]) for name in ("norsubmit", "tmpsubmit")),
        *(Route(f"/sms/{name}", one.hand_out, methods=["POST"]) for name in ("report", "deliver")),
    ]
    async with serving(Starlette(routes=routes)) as one.url:
        yield one
