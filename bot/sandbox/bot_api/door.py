"""The Bot API's door: /bot{token}/{method} and /file/bot{token}/{path}."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.bot_api import account, editing, hearing, sending
from bot.sandbox.bot_api.hearing import Poll
from bot.sandbox.bot_api.parameters import Parameters, read_parameters
from bot.sandbox.bot_api.refusals import Refused, no_such_method, wrong_token
from bot.sandbox.telegram_side import TelegramSide

Method = Callable[[TelegramSide, Parameters], Any]

# Names are matched without regard to case, as Telegram matches them.
METHODS: dict[str, Method] = {
    "getme": account.get_me,
    "getchat": account.get_chat,
    "getfile": account.get_file,
    "answercallbackquery": account.answer_callback_query,
    "setmycommands": account.set_my_commands,
    "getmycommands": account.get_my_commands,
    "deletemycommands": account.delete_my_commands,
    "sendchataction": account.send_chat_action,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "setwebhook": hearing.set_webhook,
    "deletewebhook": hearing.delete_webhook,
    "getwebhookinfo": hearing.get_webhook_info,
}


class BotApi:
    def __init__(self, side: TelegramSide) -> None:
        self._side = side
        self.poll = Poll(side)

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
        ]

    async def _call(self, request: Request) -> Response:
        try:
            self._admit(request)
            result = await self._answer(request.path_params["method"], await read_parameters(request))
        except Refused as refused:
            return _no(refused)
        return JSONResponse({"ok": True, "result": result})

    async def _answer(self, method: str, parameters: Parameters) -> Any:
        name = method.lower()
        if name not in METHODS and name != "getupdates":
            raise no_such_method()
        if self._side.gate:
            self._side.gate(name, parameters.said)
        if name == "getupdates":
            return await self.poll.get_updates(parameters)
        return METHODS[name](self._side, parameters)

    async def _download(self, request: Request) -> Response:
        try:
            self._admit(request)
        except Refused as refused:
            return _no(refused)
        file = self._side.files.get(request.path_params["path"].removeprefix("documents/"))
        if file is None:
            return _no(Refused(404, "Not Found"))
        return Response(file.content, media_type=file.mime)

    def _admit(self, request: Request) -> None:
        if request.path_params["token"] != self._side.account.token:
            raise wrong_token(request.path_params["token"])


def _no(refused: Refused) -> Response:
    wait = (refused.parameters or {}).get("retry_after")
    return JSONResponse(refused.as_json(), refused.code, {"Retry-After": str(wait)} if wait else None)
