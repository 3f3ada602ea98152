"""sendMessage, sendPhoto, sendDocument: something new at the end of a chat."""

from __future__ import annotations

from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.chats import open_chat_of
from bot.sandbox.bot_api.markup import Markup, read_markup
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.pictures import picture_size
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.phones import ChatFile, ChatMessage
from bot.sandbox.telegram_side import Chat, TelegramSide

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024


def send_message(side: TelegramSide, parameters: Parameters) -> Json:
    chat, markup = open_chat_of(side, parameters), read_markup(parameters)
    text, reply_to = message_text(parameters), _reply_to(chat, parameters)
    return _shown(side, chat, side.put(chat, None, text, reply_to=reply_to), markup)


def send_photo(side: TelegramSide, parameters: Parameters) -> Json:
    chat, markup = open_chat_of(side, parameters), read_markup(parameters)
    caption, picture = caption_text(parameters), _file(side, parameters, "photo")
    reply_to = _reply_to(chat, parameters)
    return _shown(side, chat, side.put(chat, None, caption, picture=picture, reply_to=reply_to), markup)


def send_document(side: TelegramSide, parameters: Parameters) -> Json:
    chat, markup = open_chat_of(side, parameters), read_markup(parameters)
    caption, document = caption_text(parameters), _file(side, parameters, "document")
    reply_to = _reply_to(chat, parameters)
    return _shown(side, chat, side.put(chat, None, caption, document=document, reply_to=reply_to), markup)


def message_text(parameters: Parameters) -> str:
    """The text to show. Lengths count in UTF-16 units; marked-up text is refused: none is shown here."""
    text = _plain(parameters, "text")
    if not text:
        raise bad_request("message text is empty")
    if wire.units(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def caption_text(parameters: Parameters) -> str:
    caption = _plain(parameters, "caption")
    if wire.units(caption) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return caption


def _plain(parameters: Parameters, name: str) -> str:
    if parameters.text("parse_mode"):
        raise bad_request("unsupported parse_mode")
    return parameters.text(name).strip()


def _reply_to(chat: Chat, parameters: Parameters) -> int | None:
    said = Parameters(parameters.structure("reply_parameters") or {})
    answered = said.number("message_id") or parameters.number("reply_to_message_id")
    if not answered or chat.message(answered):
        return answered or None
    if said.flag("allow_sending_without_reply") or parameters.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _file(side: TelegramSide, parameters: Parameters, name: str) -> ChatFile:
    upload = parameters.upload(name)
    if upload is None:
        return _known_file(side, parameters.text(name), name)
    if not upload.content:
        raise bad_request("file must be non-empty")
    size = picture_size(upload.content) if name == "photo" else (0, 0)
    return side.keep(upload.name, upload.content, size)


def _known_file(side: TelegramSide, file_id: str, name: str) -> ChatFile:
    if not file_id:
        raise bad_request(f"there is no {name} in the request")
    if file_id not in side.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return side.files[file_id]


def _shown(side: TelegramSide, chat: Chat, message: ChatMessage, markup: Markup) -> Json:
    message.buttons, message.asks_contact = markup.buttons, markup.asks_contact
    if markup.keyboard is not None:
        chat.keyboard = markup.keyboard
    return wire.message(side, message)
