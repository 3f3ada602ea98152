"""The phones of a pretend world, moved from another process: POST /hands/VERB with the verb's arguments."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import WoundClock
from bot.sandbox.bot_api import faceless
from bot.sandbox.bot_api.flood import Flood
from bot.sandbox.phones import ChatMessage
from bot.sandbox.world import World

Verb = Callable[..., Any]


def hands(world: World, clock: WoundClock) -> list[Route]:
    verbs = _verbs(world, clock)

    async def do(request: Request) -> Response:
        return JSONResponse(verbs[request.path_params["verb"]](**await request.json()))

    return [Route("/hands/{verb}", do, methods=["POST"])]


def _verbs(world: World, clock: WoundClock) -> dict[str, Verb]:
    side = world.telegram
    return {
        "new_phone": lambda owner, number: world.add_phone(owner, number).id,
        "new_group": lambda title, members, **more: world.add_group(title, members, **more).id,
        "upgrade": lambda group: world.upgrade_group(group).id,
        "type": lambda phone, text, **more: world.type(phone, text, **more).id,
        "type_in_group": lambda group, phone, text, **more: (
            world.type_in_group(group, phone, text, **more).id
        ),
        "edit": lambda phone, message, text: world.edit(phone, message, text).id,
        "share_contact": lambda phone, number=None: world.share_contact(phone, number).id,
        "send_document": lambda phone, name, content: (
            world.send_document(phone, name, base64.b64decode(content)).id
        ),
        "send_picture": lambda phone, content, caption: (
            world.send_picture(phone, base64.b64decode(content), caption).id
        ),
        "press": world.press,
        "block": world.block,
        "unblock": world.unblock,
        "screen": lambda phone: [_bubble(message) for message in world.chat(phone)],
        "keyboard": world.keyboard,
        "menu": world.menu,
        "wind": lambda **time: str(clock.wind(timedelta(**time))),
        "flood": lambda on: setattr(side, "gate", Flood() if on else None),
        "anonymous_admin": lambda group, text: faceless.anonymous_admin_says(side, group, text),
        "channel_in_group": lambda group, text: faceless.channel_says(side, group, text),
        "linked_post": lambda group, text: faceless.linked_post_arrives(side, group, text),
        "channel_post": lambda text, **more: faceless.channel_posts(side, text, **more),
    }


def _bubble(message: ChatMessage) -> dict[str, Any]:
    return {
        "id": message.id,
        "from_bot": message.from_bot,
        "text": message.text,
        "buttons": [[button.label for button in row] for row in message.buttons],
        "asks_contact": message.asks_contact,
        "edited": message.edited,
        "toast": message.toast,
        "file": message.document.name if message.document else None,
        "picture": [message.picture.width, message.picture.height] if message.picture else None,
        "reply_to": message.reply_to,
    }
