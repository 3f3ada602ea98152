"""sendMediaGroup: pictures, or documents, that stand together."""

from __future__ import annotations

from itertools import count
from typing import Any

from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.formatted import Formatted
from bot.sandbox.bot_api.parameters import Parameters, Upload
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import Refused, bad_request
from bot.sandbox.bot_api.sending import caption_text, given_file, kept_file, place_of, put
from bot.sandbox.telegram_side import TelegramSide

MOST = 10
OFFERED = frozenset(("photo", "document"))
_ids = count(13_900_000_000_000_001)

# What kind it is, the file, what stands under it.
Item = tuple[str, Upload | str, Formatted]


def send_media_group(side: TelegramSide, parameters: Parameters) -> list[Json]:
    items = [_item(each, parameters) for each in _media(parameters)]
    if len(items) > MOST:
        raise bad_request("too many messages to send as an album")
    if len({kind for kind, _, _ in items}) > 1:
        raise bad_request("document can't be mixed with other media types")
    place = place_of(side, parameters)
    files = [(kind, kept_file(side, given, kind), caption) for kind, given, caption in items]
    more = {"media_group_id": str(next(_ids))} if len(items) > 1 else {}
    sent = [
        put(side, place, parameters, caption, dict(more), **{"picture" if kind == "photo" else kind: file})
        for kind, file, caption in files
    ]
    return [wire.message(side, message) for message in sent]


def _media(parameters: Parameters) -> list[Any]:
    if not parameters.text("media"):
        raise bad_request('parameter "media" is required')
    media = parameters.structure("media")
    if not isinstance(media, list):
        raise bad_request("expected an Array of InputMedia")
    if not media:
        raise bad_request("there are no messages to send")
    return media


def _item(given: Any, parameters: Parameters) -> Item:
    if not isinstance(given, dict):
        raise _unread("expected an Object")
    if "type" not in given:
        raise _unread('Can\'t find field "type"')
    kind = str(given["type"])
    if not given.get("media"):
        raise _unread("media not found")
    if kind not in OFFERED:
        raise _unread(f'type "{kind}" is not offered by this sandbox')
    said = Parameters({**given, kind: given["media"]}, parameters.uploads)
    return kind, given_file(said, kind), caption_text(said)


def _unread(why: str) -> Refused:
    return bad_request(f"can't parse InputMedia: {why}")
