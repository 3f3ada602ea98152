"""editMessage… and deleteMessage: what stands in a chat is put another way, or goes."""

from __future__ import annotations

from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.chats import open_chat_of, own_message
from bot.sandbox.bot_api.markup import read_markup
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.bot_api.sending import caption_text, message_text
from bot.sandbox.phones import ChatMessage
from bot.sandbox.telegram_side import TelegramSide


def edit_message_text(side: TelegramSide, parameters: Parameters) -> Json:
    message = own_message(side, parameters, "edit")
    if message.picture or message.document:
        raise bad_request("there is no text in the message to edit")
    return _edited(side, message, message_text(parameters), parameters)


def edit_message_caption(side: TelegramSide, parameters: Parameters) -> Json:
    message = own_message(side, parameters, "edit")
    if not (message.picture or message.document):
        raise bad_request("there is no caption in the message to edit")
    return _edited(side, message, caption_text(parameters), parameters)


def edit_message_reply_markup(side: TelegramSide, parameters: Parameters) -> Json:
    message = own_message(side, parameters, "edit")
    return _edited(side, message, message.text, parameters)


def delete_message(side: TelegramSide, parameters: Parameters) -> bool:
    message = own_message(side, parameters, "delete")
    open_chat_of(side, parameters).messages.remove(message)
    side.changes.ring()
    return True


def _edited(side: TelegramSide, message: ChatMessage, text: str, parameters: Parameters) -> Json:
    """An edit takes the buttons away where it names none. Nothing changed is an error, not an edit."""
    buttons = read_markup(parameters).buttons
    if (message.text, message.buttons) == (text, buttons):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    message.reworded |= message.text != text
    message.text, message.buttons, message.edited_at = text, buttons, side.clock.now()
    side.changes.ring()
    return wire.message(side, message)
