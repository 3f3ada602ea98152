"""Twilio on loopback, after its documentation: the Messages resource, and webhooks signed with the token."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha1
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.gateways.contract import Push
from bot.sandbox.server import serving

ACCOUNT, TOKEN = "AC" + "0" * 32, "canary-of-twilio"
PUSHES = "https://bot.example.cn/sms/an-unguessable-part"
NUMBER = "+15005550006"


@dataclass
class TwilioPeer:
    """`refuses` are codes by number; `at` is what its clock says. `mute`, it takes all and never says so."""

    url: str = ""
    refuses: dict[str, int] = field(default_factory=dict)
    at: datetime = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    messages: list[dict[str, Any]] = field(default_factory=list)
    callbacks: list[str] = field(default_factory=list)
    mute: bool = False

    async def create(self, request: Request) -> Response:
        if not _is_us(request):
            return _error(401, 20003, "Authenticate")
        form = await request.form()
        to = str(form["To"])
        if to in self.refuses:
            return _error(400, self.refuses[to], "refused")
        sender = form.get("MessagingServiceSid") or form.get("From")
        if sender not in (NUMBER, "MG" + "1" * 32):
            return _error(400, 21606, "not yours")
        self.callbacks.append(str(form["StatusCallback"]))
        taken = self.add(to, str(form["Body"]))
        return JSONResponse({} if self.mute else taken, 201)

    async def account(self, request: Request) -> Response:
        known = {"sid": ACCOUNT, "status": "active"}
        return JSONResponse(known) if _is_us(request) else _error(401, 20003, "Authenticate")

    async def one(self, request: Request) -> Response:
        sid = request.path_params["sid"]
        found = [one for one in self.messages if one["sid"] == sid and _is_us(request)]
        return JSONResponse(found[0]) if found else _error(404, 20404, "not found")

    async def listed(self, request: Request) -> Response:
        to, size = request.query_params["To"], int(request.query_params["PageSize"])
        ours = [one for one in reversed(self.messages) if one["to"] == to and _is_us(request)]
        return JSONResponse({"messages": ours[:size], "page_size": size})

    def add(self, to: str, body: str, status: str = "queued") -> dict[str, Any]:
        made = {
            "sid": f"SM{len(self.messages):032}",
            "to": to,
            "body": body,
            "status": status,
            "error_code": None,
            "date_created": format_datetime(self.at),
        }
        self.messages.append(made)
        return made


@asynccontextmanager
async def twilio_up() -> AsyncIterator[TwilioPeer]:
    peer = TwilioPeer()
    under = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
    routes = [
        Route(f"/2010-04-01/Accounts/{ACCOUNT}.json", peer.account, methods=["GET"]),
        Route(f"{under}.json", peer.create, methods=["POST"]),
        Route(f"{under}.json", peer.listed, methods=["GET"]),
        Route(f"{under}/{{sid}}.json", peer.one, methods=["GET"]),
    ]
    async with serving(Starlette(routes=routes)) as peer.url:
        yield peer


def webhook(kind: Any, form: Mapping[str, str], query: str = "", token: str = TOKEN) -> Push:
    """A request as it comes from Twilio: signed over the public address, with the fields behind it."""
    url = f"{PUSHES}/{kind}" + (f"?{query}" if query else "")
    joined = url + "".join(name + form[name] for name in sorted(form))
    signature = b64encode(hmac.new(token.encode(), joined.encode(), sha1).digest()).decode()
    headers = {"x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded"}
    # A proxy on the way has made another address of it.
    return Push(kind, "POST", f"http://127.0.0.1:8090/{kind}", query, headers, urlencode(form).encode())


def _is_us(request: Request) -> bool:
    scheme, _, said = request.headers.get("authorization", "").partition(" ")
    return scheme == "Basic" and b64decode(said).decode() == f"{ACCOUNT}:{TOKEN}"


def _error(status: int, code: int, message: str) -> Response:
    return JSONResponse({"code": code, "message": message, "status": status}, status)
