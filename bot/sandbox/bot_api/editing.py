"""editMessage… and deleteMessage: what stands in a chat is put another way, or goes."""

from __future__ import annotations

from bot.sandbox.bot_api import wire
from bot.sandbox.bot_api.chats import deletable, message_ids, open_chat_of, own_message
from bot.sandbox.bot_api.formatted import Formatted
from bot.sandbox.bot_api.markup import Markup, read_inline
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.bot_api.sending import caption_text, message_text
from bot.sandbox.phones import ChatMessage
from bot.sandbox.telegram_side import TelegramSide


def edit_message_text(side: TelegramSide, parameters: Parameters) -> Json:
    said, markup = message_text(parameters), read_inline(parameters)
    message = own_message(side, parameters)
    if message.picture or message.document:
        raise bad_request("there is no text in the message to edit")
    return _edited(side, message, said, markup)


def edit_message_caption(side: TelegramSide, parameters: Parameters) -> Json:
    markup, said = read_inline(parameters), caption_text(parameters)
    message = own_message(side, parameters)
    if not (message.picture or message.document):
        raise bad_request("there is no caption in the message to edit")
    return _edited(side, message, said, markup)


def edit_message_reply_markup(side: TelegramSide, parameters: Parameters) -> Json:
    markup = read_inline(parameters)
    message = own_message(side, parameters)
    return _edited(side, message, Formatted(message.text, message.entities), markup)


def delete_message(side: TelegramSide, parameters: Parameters) -> bool:
    if not parameters.text("chat_id"):
        raise bad_request("chat identifier is not specified")
    if parameters.number("message_id") <= 0:
        raise bad_request("message identifier is not specified")
    chat = open_chat_of(side, parameters)
    message = chat.message(parameters.number("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    chat.messages.remove(deletable(side, chat, message))
    side.changes.ring()
    return True


def delete_messages(side: TelegramSide, parameters: Parameters) -> bool:
    """What is not there is passed over; what may not go stops all of it."""
    wanted = message_ids(parameters)
    chat = open_chat_of(side, parameters)
    found = [message for number in wanted if (message := chat.message(number))]
    for message in [deletable(side, chat, message) for message in found]:
        if message in chat.messages:
            chat.messages.remove(message)
    side.changes.ring()
    return True


def _edited(side: TelegramSide, message: ChatMessage, said: Formatted, markup: Markup) -> Json:
    """An edit takes the buttons away where it names none. Nothing changed is an error, not an edit."""
    wanted = (said.text, said.entities, markup.buttons)
    if (message.text, message.entities, message.buttons) == wanted:
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    message.reworded |= message.text != said.text
    message.text, message.entities, message.buttons = wanted
    message.edited_at = side.clock.now()
    side.changes.ring()
    return wire.message(side, message)
