"""Alibaba Cloud and Tencent Cloud on loopback: they answer as documented, and look at each signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.serving import serving

KEY_ID, SECRET = "LTAI-canary-id", "canary-secret"
Says = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; header names are in small letters."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    action: str

    @property
    def params(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True)) | dict(
            parse_qsl(self.body.decode(), keep_blank_values=True)
        )

    @property
    def said(self) -> Any:
        return json.loads(self.body)


@dataclass
class Company:
    """`answers` are given by the action asked for, `refusals` are given first, one to each request."""

    signature_of: Callable[[Asked], str]
    bad_signature: Says
    action_header: str
    answers: dict[str, Callable[[Asked], Says]] = field(default_factory=dict)
    refusals: list[tuple[int, Says]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    async def meet(self, request: Request) -> Response:
        asked = Asked(
            request.method,
            request.scope["raw_path"].decode(),
            request.scope["query_string"].decode(),
            dict(request.headers),
            await request.body(),
            request.headers.get(self.action_header, ""),
        )
        self.asked.append(asked)
        if asked.headers["authorization"] != self.signature_of(asked):
            return JSONResponse(self.bad_signature, status_code=400)
        if self.refusals:
            status, said = self.refusals.pop(0)
            return JSONResponse(said, status_code=status)
        return JSONResponse(self.answers[asked.action](asked))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Company]:
        app = Starlette(routes=[Route("/", self.meet, methods=["POST", "GET"])])
        async with serving(app) as url:
            self.url = url
            yield self


def aliyun_company() -> Company:
    refused = {"Code": "SignatureDoesNotMatch", "Message": "…", "RequestId": "R"}
    return Company(_acs3, refused, "x-acs-action")


def tencent_company() -> Company:
    refused = {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "…"}}}
    return Company(_tc3, refused, "x-tc-action")


def _acs3(asked: Asked) -> str:
    """By the company's page on its signature V3, step by step."""
    named = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
    signed = named.split(";")
    assert {"host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"} <= set(signed)
    payload = hashlib.sha256(asked.body).hexdigest()
    assert asked.headers["x-acs-content-sha256"] == payload
    pairs = sorted(parse_qsl(asked.query, keep_blank_values=True))
    query = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in pairs)
    headers = "".join(f"{name}:{asked.headers[name]}\n" for name in signed)
    canonical = f"{asked.method}\n{asked.path}\n{query}\n{headers}\n{named}\n{payload}"
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.digest(SECRET.encode(), to_sign.encode(), "sha256").hex()
    return f"ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={named},Signature={signature}"


def _tc3(asked: Asked) -> str:
    """By the company's page on its signature v3, step by step."""
    scope = asked.headers["authorization"].partition("Credential=")[2].partition(",")[0].partition("/")[2]
    day, service, ending = scope.split("/")
    payload = hashlib.sha256(asked.body).hexdigest()
    headers = f"content-type:{asked.headers['content-type']}\nhost:{asked.headers['host']}\n"
    canonical = f"{asked.method}\n{asked.path}\n{asked.query}\n{headers}\ncontent-type;host\n{payload}"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    to_sign = f"TC3-HMAC-SHA256\n{asked.headers['x-tc-timestamp']}\n{scope}\n{hashed}"
    key = f"TC3{SECRET}".encode()
    for part in (day, service, ending):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    return (
        f"TC3-HMAC-SHA256 Credential={KEY_ID}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
    )
