"""sendMessage, sendPhoto, sendDocument: something new at the end of a chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.chats import open_chat_of
from bot.sandbox.bot_api.formatted import Formatted, read_formatted
from bot.sandbox.bot_api.markup import Markup, read_markup
from bot.sandbox.bot_api.parameters import Parameters, Upload
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.pictures import picture_size
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.phones import ChatFile, ChatMessage
from bot.sandbox.telegram_side import Chat, TelegramSide

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
# Source: Bot API, "Sending files".
LARGEST_PHOTO = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new message goes: the chat, the message it answers, what hangs under it."""

    chat: Chat
    reply_to: int | None
    markup: Markup


def send_message(side: TelegramSide, parameters: Parameters) -> Json:
    said, preview = message_text(parameters), _preview(parameters)
    place = place_of(side, parameters)
    return wire.message(side, put(side, place, parameters, said, preview))


def send_photo(side: TelegramSide, parameters: Parameters) -> Json:
    given, said = given_file(parameters, "photo"), caption_text(parameters)
    place = place_of(side, parameters)
    return wire.message(side, put(side, place, parameters, said, picture=kept_file(side, given, "photo")))


def send_document(side: TelegramSide, parameters: Parameters) -> Json:
    given, said = given_file(parameters, "document"), caption_text(parameters)
    place = place_of(side, parameters)
    return wire.message(side, put(side, place, parameters, said, document=kept_file(side, given, "document")))


def message_text(parameters: Parameters) -> Formatted:
    """The text to show. Lengths count in UTF-16 units, after the marking has gone."""
    if not parameters.text("text"):
        raise bad_request("message text is empty")
    said = read_formatted(parameters)
    if not said.text:
        raise bad_request("text must be non-empty")
    if wire.units(said.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return said


def caption_text(parameters: Parameters) -> Formatted:
    said = read_formatted(parameters, "caption", "caption_entities")
    if wire.units(said.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return said


def place_of(side: TelegramSide, parameters: Parameters) -> Place:
    """What a call says is read before its chat is looked for, as Telegram does."""
    reply, markup = _reply_parameters(parameters), read_markup(parameters)
    chat = open_chat_of(side, parameters)
    return Place(chat, _reply_to(chat, reply), markup)


def put(
    side: TelegramSide,
    place: Place,
    parameters: Parameters,
    said: Formatted,
    more: dict[str, Any] | None = None,
    *,
    picture: ChatFile | None = None,
    document: ChatFile | None = None,
) -> ChatMessage:
    chat, markup = place.chat, place.markup
    message = side.put(chat, None, said.text, picture=picture, document=document, reply_to=place.reply_to)
    message.entities, message.more = said.entities, more or {}
    if parameters.flag("protect_content"):
        message.more["has_protected_content"] = True
    message.buttons, message.asks_contact = markup.buttons, markup.asks_contact
    if markup.keyboard is not None:
        chat.keyboard = markup.keyboard
    return message


def given_file(parameters: Parameters, name: str) -> Upload | str:
    """What is to be sent: bytes, or the id of a file that is there already."""
    given = parameters.upload(name) or parameters.text(name)
    if not given:
        raise bad_request(f"there is no {name} in the request")
    return given


def kept_file(side: TelegramSide, given: Upload | str, kind: str) -> ChatFile:
    if isinstance(given, str):
        if given not in side.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return _as_picture(side.files[given]) if kind == "photo" else side.files[given]
    if not given.content:
        raise bad_request("file must be non-empty")
    if kind == "photo" and (size := len(given.content)) > LARGEST_PHOTO:
        limit = f"the maximum size is {LARGEST_PHOTO} bytes"
        raise bad_request(f"file of size {size} bytes is too big for a photo; {limit}")
    return side.keep(given.name, given.content, picture_size(given.content) if kind == "photo" else (0, 0))


def _as_picture(file: ChatFile) -> ChatFile:
    if not file.width:
        raise bad_request("can't use file of type Document as Photo")
    return file


def _preview(parameters: Parameters) -> dict[str, Any]:
    options = parameters.object("link_preview_options")
    if parameters.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    changed = {name: value for name, value in options.items() if value}
    return {"link_preview_options": changed} if changed else {}


def _reply_parameters(parameters: Parameters) -> Parameters:
    given = parameters.object("reply_parameters")
    if given and "message_id" not in given:
        raise bad_request('can\'t find field "message_id"')
    old = {name: parameters.said.get(name, "") for name in ("allow_sending_without_reply",)}
    return Parameters(given or old | {"message_id": parameters.said.get("reply_to_message_id", "")})


def _reply_to(chat: Chat, reply: Parameters) -> int | None:
    answered = max(reply.number("message_id"), 0)
    if not answered or chat.message(answered):
        return answered or None
    if reply.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
