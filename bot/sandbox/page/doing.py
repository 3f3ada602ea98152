"""The addresses at which the page says what its visitor does, one for each deed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.page import deeds
from bot.sandbox.page.deeds import Deed, NotUnderstood, Said
from bot.sandbox.page.stage import Stage
from bot.sandbox.phones import BotBlocked, NoChatApp, NoSuchButton, NoSuchPhone, PhoneOff
from bot.sandbox.world import World

LARGEST_FILE = 20 * 1024 * 1024
ADDRESSES: dict[str, Deed] = {
    "type": deeds.type_words,
    "press": deeds.press,
    "contact": deeds.share_contact,
    "link": deeds.open_link,
    "text": deeds.text,
    "block": deeds.block,
    "power": deeds.power,
}


def deed_routes(world: World, stage: Stage) -> list[Route]:
    """POST /phones/ID/DEED with a JSON object; a document comes as its bare bytes."""
    said = [_route(name, _doing(world, stage, deed)) for name, deed in ADDRESSES.items()]
    return [*said, _route("document", _sending_document(world, stage))]


def _route(name: str, endpoint: Callable[[Request], Any]) -> Route:
    return Route(f"/phones/{{phone:int}}/{name}", endpoint, methods=["POST"])


def _doing(world: World, stage: Stage, deed: Deed) -> Callable[[Request], Any]:
    async def do(request: Request) -> Response:
        body = await request.body()
        await stage.opened()
        return _answer(lambda: _done(world, request.path_params["phone"], deed, _read(body)))

    return do


def _done(world: World, phone: int, deed: Deed, said: Said) -> None:
    if deed is not deeds.power:
        deeds.is_on(world, phone)
    deed(world, phone, said)


def _sending_document(world: World, stage: Stage) -> Callable[[Request], Any]:
    async def send(request: Request) -> Response:
        name = request.query_params.get("name", "").strip() or "file"
        content = bytearray()
        async for piece in request.stream():
            content += piece
            if len(content) > LARGEST_FILE:
                return _refused(f"A file may have {LARGEST_FILE} bytes here.", 413)
        await stage.opened()
        return _answer(lambda: deeds.send_document(world, request.path_params["phone"], name, bytes(content)))

    return send


def _answer(deed: Callable[[], object]) -> Response:
    try:
        deed()
    except NotUnderstood as missing:
        return _refused(str(missing), 400)
    except (NoSuchPhone, NoSuchButton) as nowhere:
        return _refused(type(nowhere).__name__, 404)
    except NoChatApp:
        return _refused("An old phone has no chat.", 409)
    except BotBlocked:
        return _refused("The bot is blocked on this phone: let it in again first.", 409, "blocked")
    except PhoneOff:
        return _refused("This phone is off: switch it on first.", 409, "off")
    return JSONResponse({"done": True})


def _refused(why: str, status: int, word: str = "") -> Response:
    """`word` is what the page knows it by, to say it in its visitor's language."""
    return JSONResponse({"error": why} | ({"word": word} if word else {}), status)


def _read(body: bytes) -> Said:
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        raise NotUnderstood("The body is no JSON.") from None
    if not isinstance(said, dict):
        raise NotUnderstood("The body is no JSON object.")
    return said
