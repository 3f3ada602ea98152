"""The Bot API's door: /bot{token}/{method} and /file/bot{token}/{path}."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.bot_api.answer_of_a_webhook import call_in_answer
from bot.sandbox.bot_api.by_address import Fetch, may_fetch, with_fetched
from bot.sandbox.bot_api.hearing import Poll
from bot.sandbox.bot_api.methods import METHODS, is_telegrams
from bot.sandbox.bot_api.parameters import Parameters, read_parameters
from bot.sandbox.bot_api.refusals import (
    Refused,
    no_such_method,
    not_offered,
    nothing_there,
    wrong_token,
)
from bot.sandbox.bot_api.told import Told
from bot.sandbox.telegram_side import TelegramSide

EVERY_VERB = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class BotApi:
    """`fetch` reads what lies at an address; None while there is no line out."""

    def __init__(self, side: TelegramSide) -> None:
        self._side = side
        self.poll = Poll(side)
        self.fetch: Fetch | None = None
        side.updates.read_answer = self._called_in_answer

    def routes(self) -> list[Route]:
        return [
            Route("/bot{rest:path}", _answering(self._call), methods=EVERY_VERB),
            Route("/file/bot{rest:path}", _answering(self._download), methods=EVERY_VERB),
        ]

    async def _call(self, request: Request) -> Response:
        method = self._admitted(request)
        parameters = await read_parameters(request)
        name = method or parameters.text("method")
        result = await self.answer(name, parameters, self.fetch if may_fetch(request.headers) else None)
        said = result.as_json() if isinstance(result, Told) else {"ok": True, "result": result}
        return JSONResponse(said)

    async def answer(self, method: str, parameters: Parameters, fetch: Fetch | None) -> Any:
        """The result of one call. Names are matched without regard to case. Raises Refused."""
        name = method.lower()
        if name not in METHODS and name != "getupdates":
            raise not_offered(method) if is_telegrams(name) else no_such_method()
        if self._side.gate:
            self._side.gate(name, parameters.said)
        if name == "getupdates":
            return await self.poll.get_updates(parameters)
        return METHODS[name](self._side, await with_fetched(parameters, fetch))

    async def _called_in_answer(self, kind: str, body: bytes) -> None:
        """Nobody hears what comes of it, as with Telegram."""
        with suppress(Refused):
            if called := await call_in_answer(kind, body):
                await self.answer(*called, self.fetch)

    async def _download(self, request: Request) -> Response:
        path = self._admitted(request)
        file = self._side.files.get(path.rpartition("/")[2])
        if file is None:
            raise nothing_there()
        return Response(file.content, media_type=file.mime)

    def _admitted(self, request: Request) -> str:
        """What stands after the token."""
        if request.method not in ("GET", "POST", "HEAD"):
            raise Refused(405, "Method Not Allowed")
        token, slash, rest = request.path_params["rest"].partition("/")
        if not slash:
            raise nothing_there()
        if token != self._side.account.token:
            raise wrong_token(token)
        return str(rest)


def _answering(call: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return await call(request)
        except Refused as refused:
            return _no(refused)
        except ClientDisconnect:
            return _no(Refused(400, "Bad Request: the call broke off"))

    return answer


def _no(refused: Refused) -> Response:
    wait = (refused.parameters or {}).get("retry_after")
    return JSONResponse(refused.as_json(), refused.code, {"Retry-After": str(wait)} if wait else None)
