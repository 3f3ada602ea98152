"""The HTTP door: what Telegram and the SMS gateway bring to us, and whether we are well.

A message is in the inbox before its 200; whoever gets no 200 brings it again.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.contract import Receipt, Unreadable
from bot.channels.gateways.contract import Gateway, as_params
from bot.delivery import Delivery
from bot.health import Health
from bot.intake import Intake
from bot.settings import TELEGRAM_PATH
from bot.watch import Watch
from storage.inbox import Raw

LARGEST_BODY = 1_000_000
# Seconds that a body may take: whoever lets it drip holds a connection for ever.
_PATIENCE = 10.0
_LONGEST_ID = 200
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name

log = structlog.get_logger()


class Door:
    """`sms_path` ends in an unguessable part: gateways sign nothing. `wake` calls the turns' worker.

    A stranger hears 404 whatever they try, and as soon for a near guess as for a far one.
    """

    def __init__(
        self,
        intake: Intake,
        delivery: Delivery,
        wake: Callable[[], None],
        gateway: Gateway | None = None,
        sms_path: str = "",
        telegram_secret: str = "",
        health: Health | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._intake = intake
        self._delivery = delivery
        self._wake = wake
        self._gateway = gateway
        self._sms_path = sms_path
        self._telegram_secret = telegram_secret
        self._health = health
        self._watch = watch

    def app(self) -> Starlette:
        routes = [Route("/health", self.health)] if self._health else []
        if self._watch:
            routes.append(Route("/metrics", self._watch.metrics))
        if self._gateway:
            routes.append(_by_get_alone("/sms/{secret}/inbound", self.sms_inbound))
            routes.append(_by_get_alone("/sms/{secret}/receipt", self.sms_receipt))
        if self._telegram_secret:
            routes.append(Route(TELEGRAM_PATH, self.telegram, methods=["POST"]))
        return Starlette(routes=routes)

    async def health(self, _request: Request) -> Response:
        report = await self._health.report() if self._health else {"ok": False}
        return JSONResponse(report, status_code=200 if report["ok"] else 503)

    async def sms_inbound(self, request: Request) -> Response:
        if self._gateway is None or not self._is_the_gateway(request):
            return _not_found()
        params = _query(request)
        given = params.get("id", "")
        if not given or not _is_id(given):
            params["id"] = self._intake.id_without_one(*self._gateway.what_repeats(params))
        if not await self._is_kept(Raw("sms", params["id"], params)):
            return _come_again()
        # Kannel sends a body back to the phone as an answer.
        return Response(status_code=200)

    async def sms_receipt(self, request: Request) -> Response:
        if self._gateway is None or not self._is_the_gateway(request):
            return _not_found()
        try:
            receipt = self._gateway.read_receipt(_query(request))
        except Unreadable:
            receipt = None
        if receipt is None or not _is_id(receipt.reference):
            log.warning("receipt_unreadable")
        elif not await self._is_noted(receipt):
            return _come_again()
        return Response(status_code=200)

    async def telegram(self, request: Request) -> Response:
        shown = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._telegram_secret.encode()):
            return _not_found()
        try:
            async with asyncio.timeout(_PATIENCE):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("too slow", status_code=408)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        raw = _update(body)
        if raw is None:
            return PlainTextResponse("no update", status_code=400)
        return Response(status_code=200) if await self._is_kept(raw) else _come_again()

    async def _is_kept(self, raw: Raw) -> bool:
        """Whether it is safe with us; with the database away nobody may hear 200."""
        try:
            await self._intake.keep([raw])
        except Exception as error:
            log.error("not_kept", channel=raw.channel, error=type(error).__name__)
            return False
        self._wake()
        return True

    async def _is_noted(self, receipt: Receipt) -> bool:
        try:
            await self._delivery.note_receipt(receipt)
        except Exception as error:
            log.error("receipt_not_kept", error=type(error).__name__)
            return False
        return True

    def _is_the_gateway(self, request: Request) -> bool:
        shown = f"/sms/{request.path_params['secret']}"
        return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), self._sms_path.encode())


def _by_get_alone(path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> Route:
    """Starlette lets HEAD do whatever GET does: whoever only looks at a link would check somebody in."""
    route = Route(path, endpoint)
    route.methods = {"GET"}
    return route


def _not_found() -> Response:
    return PlainTextResponse("Not Found", status_code=404)


def _come_again() -> Response:
    """Without a body: Kannel would show it to the member."""
    return Response(status_code=503, headers={"Retry-After": "5"})


def _query(request: Request) -> dict[str, str]:
    return as_params(request.scope["query_string"].decode("ascii", "replace"))


async def _body(request: Request) -> bytes | None:
    """The body, or None for one that is too large: it is refused before it is all in memory."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _update(body: bytes) -> Raw | None:
    """The update in it; None for what is none, however it is made to trip a reader of JSON."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return Raw("telegram", str(number), update) if type(number) is int else None


def _is_id(text: str) -> bool:
    """Whether it can be an id at all: a database refuses some signs, and what is refused is brought again."""
    return len(text) <= _LONGEST_ID and text.isascii() and text.isprintable()
