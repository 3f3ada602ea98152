"""A call that a bot makes in its answer to a webhook (Bot API, "Making requests when getting updates")."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from bot.sandbox.bot_api.parameters import Parameters, read_parameters

# What Telegram does not do this way, besides everything that begins with "get".
NOT_THIS_WAY = frozenset(("deletewebhook", "setwebhook", "close", "logout"))


async def call_in_answer(kind: str, body: bytes) -> tuple[str, Parameters] | None:
    """The method and what it says; None where the answer is no call. Raises Refused."""
    try:
        parameters = await read_parameters(_as_request(kind, body))
    except (HTTPException, MultiPartException):
        return None
    method = parameters.text("method")
    if not method or method.lower() in NOT_THIS_WAY or method.lower().startswith("get"):
        return None
    return method, parameters


def _as_request(kind: str, body: bytes) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", kind.encode("latin-1"))]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    return Request(scope, receive)
