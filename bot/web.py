"""The HTTP door: what Telegram and the SMS gateway bring to us, and whether we are well.

A message is in the inbox before its 200; whoever gets no 200 brings it again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.contract import Unreadable
from bot.channels.gateways.contract import Gateway, as_params
from bot.delivery import Delivery
from bot.intake import Intake
from storage.inbox import Raw

LARGEST_BODY = 1_000_000
TELEGRAM_PATH = "/telegram"
_LONGEST_ID = 200
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name

log = structlog.get_logger()


class Door:
    """`sms_path` holds an unguessable part: gateways sign nothing. `wake` calls the turns' worker."""

    def __init__(
        self,
        intake: Intake,
        delivery: Delivery,
        wake: Callable[[], None],
        gateway: Gateway | None = None,
        sms_path: str = "",
        telegram_secret: str = "",
    ) -> None:
        self._intake = intake
        self._delivery = delivery
        self._wake = wake
        self._gateway = gateway
        self._sms_path = sms_path
        self._telegram_secret = telegram_secret

    def app(self) -> Starlette:
        routes = [Route("/health", self.health)]
        if self._gateway:
            routes.append(Route(f"{self._sms_path}/inbound", self.sms_inbound))
            routes.append(Route(f"{self._sms_path}/receipt", self.sms_receipt))
        if self._telegram_secret:
            routes.append(Route(TELEGRAM_PATH, self.telegram, methods=["POST"]))
        return Starlette(routes=routes)

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def sms_inbound(self, request: Request) -> Response:
        params = as_params(request.scope["query_string"].decode("ascii", "replace"))
        await self._intake.keep([Raw("sms", _sms_id(params), params)])
        self._wake()
        # Kannel sends a body back to the phone as an answer.
        return Response(status_code=200)

    async def sms_receipt(self, request: Request) -> Response:
        params = as_params(request.scope["query_string"].decode("ascii", "replace"))
        if self._gateway is None:
            return Response(status_code=404)
        try:
            receipt = self._gateway.read_receipt(params)
        except Unreadable:
            receipt = None
        if receipt is None or not _is_id(receipt.reference):
            log.warning("receipt_unreadable")
        else:
            await self._delivery.note_receipt(receipt)
        return Response(status_code=200)

    async def telegram(self, request: Request) -> Response:
        shown = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._telegram_secret.encode()):
            return PlainTextResponse("forbidden", status_code=403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", status_code=413)
        raw = _update(body)
        if raw is None:
            return PlainTextResponse("no update", status_code=400)
        await self._intake.keep([raw])
        self._wake()
        return Response(status_code=200)


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


def _sms_id(params: dict[str, str]) -> str:
    """The gateway's id of the message; without one, what makes it itself, so that a repeat is known."""
    if params.get("id") and _is_id(params["id"]):
        return params["id"]
    itself = json.dumps(params, sort_keys=True).encode()
    return hashlib.sha256(itself).hexdigest()
