"""The HTTP door: what Telegram and the SMS company bring to us, and whether we are well.

A message is in the inbox before its 200; whoever gets no 200 brings it again.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.bodies import body_of
from bot.health import Health
from bot.intake import Intake
from bot.pushes import SmsDoor, come_again, not_found
from bot.settings import TELEGRAM_PATH
from bot.watch import Watch
from storage.inbox import Raw

LARGEST_BODY = 1_000_000
_SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name

log = structlog.get_logger()


class Door:
    """`wake` calls the turns' worker. A stranger hears 404 whatever they try."""

    def __init__(
        self,
        intake: Intake,
        wake: Callable[[], None],
        sms: SmsDoor | None = None,
        telegram_secret: str = "",
        health: Health | None = None,
        watch: Watch | None = None,
    ) -> None:
        self._intake = intake
        self._wake = wake
        self._sms = sms
        self._telegram_secret = telegram_secret
        self._health = health
        self._watch = watch

    def app(self) -> Starlette:
        routes = [Route("/health", self.health)] if self._health else []
        if self._watch:
            routes.append(Route("/metrics", self._watch.metrics))
        if self._sms:
            routes += self._sms.routes()
        if self._telegram_secret:
            routes.append(Route(TELEGRAM_PATH, self.telegram, methods=["POST"]))
        return Starlette(routes=routes)

    async def health(self, _request: Request) -> Response:
        report = await self._health.report() if self._health else {"ok": False}
        return JSONResponse(report, status_code=200 if report["ok"] else 503)

    async def telegram(self, request: Request) -> Response:
        shown = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._telegram_secret.encode()):
            return not_found()
        body = await body_of(request, LARGEST_BODY)
        if isinstance(body, Response):
            return body
        raw = _update(body)
        if raw is None:
            return PlainTextResponse("no update", status_code=400)
        return Response(status_code=200) if await self._is_kept(raw) else come_again()

    async def _is_kept(self, raw: Raw) -> bool:
        """Whether it is safe with us; with the database away nobody may hear 200."""
        try:
            await self._intake.keep([raw])
        except Exception as error:
            log.error("not_kept", channel=raw.channel, error=type(error).__name__)
            return False
        self._wake()
        return True


def _update(body: bytes) -> Raw | None:
    """The update in it; None for what is none, however it is made to trip a reader of JSON."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = update.get("update_id") if isinstance(update, dict) else None
    return Raw("telegram", str(number), update) if type(number) is int else None
