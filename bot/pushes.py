"""The SMS company's way in: its pushes of texts and receipts, each safe with us before it is answered."""

from __future__ import annotations

import hmac
from functools import partial
from typing import Literal

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.bodies import body_of
from bot.bringing import Bringing
from bot.callers import Callers
from bot.channels.gateways.contract import Brought, Gateway, Push, put_aside

LARGEST_PUSH = 256 * 1024
Kind = Literal["inbound", "receipt"]

log = structlog.get_logger()


class SmsDoor:
    """`path` ends in an unguessable part: most companies sign nothing. `public_url` is how they reach us.

    A stranger hears 404 whatever they try, and as soon for a near guess as for a far one. Whoever knows the
    path and is turned away is written down with their address: it may be missing in our settings.
    """

    def __init__(
        self,
        gateway: Gateway,
        bringing: Bringing,
        path: str,
        public_url: str = "",
        callers: Callers | None = None,
    ) -> None:
        self._gateway = gateway
        self._bringing = bringing
        self._path = path
        self._public_url = public_url
        self._callers = callers or Callers()

    def routes(self) -> list[Route]:
        return [self._route("inbound"), self._route("receipt")]

    async def take(self, kind: Kind, request: Request) -> Response:
        if not self._is_our_path(request):
            return not_found()
        caller = self._caller(request)
        if not self._callers.may(caller):
            log.warning("push_refused", because="address", caller=caller, setting="LIANDONG_SMS_ALLOW")
            return not_found()
        body = await body_of(request, LARGEST_PUSH)
        if isinstance(body, Response):
            return body
        push = self._push(kind, request, body)
        if not self._gateway.is_theirs(push):
            log.warning("push_refused", because="not_theirs", caller=caller)
            return not_found()
        return self._answer(push) if await self._is_kept(push) else come_again()

    async def _is_kept(self, push: Push) -> bool:
        try:
            await self._bringing.keep(self._read(push))
        except Exception as error:
            log.error("not_kept", channel="sms", kind=push.kind, error=type(error).__name__)
            return False
        return True

    def _read(self, push: Push) -> Brought:
        """What cannot be read must not come back for ever: a text is kept aside, a receipt passed over."""
        try:
            return self._gateway.read_push(push)
        except Exception as error:
            # Unreadable, or something the company's file did not think of.
            log.warning(f"{push.kind}_unreadable", error=type(error).__name__)
        return put_aside(push)

    def _answer(self, push: Push) -> Response:
        answer = self._gateway.answer_to(push)
        return Response(answer.body, media_type=answer.media_type if answer.body else None)

    def _push(self, kind: Kind, request: Request, body: bytes) -> Push:
        query = request.scope["query_string"].decode("ascii", "replace")
        here = f"{self._public_url}{self._path}/{kind}"
        return Push(
            kind=kind,
            method=request.method,
            url=f"{here}?{query}" if query else here,
            query=query,
            headers=dict(request.headers),
            body=body,
        )

    def _is_our_path(self, request: Request) -> bool:
        shown = f"/sms/{request.path_params['secret']}"
        return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), self._path.encode())

    def _caller(self, request: Request) -> str:
        peer = request.client.host if request.client else ""
        return self._callers.who(peer, request.headers.getlist("x-forwarded-for"))

    def _route(self, kind: Kind) -> Route:
        """Starlette lets HEAD do whatever GET does: who only looks at a link would check somebody in."""
        route = Route(f"/sms/{{secret}}/{kind}", partial(self.take, kind))
        route.methods = {"GET", "POST"}
        return route


def not_found() -> Response:
    return PlainTextResponse("Not Found", status_code=404)


def come_again() -> Response:
    """Without a body: Kannel would show it to the member."""
    return Response(status_code=503, headers={"Retry-After": "5"})
