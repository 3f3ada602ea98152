"""Which chat and which message a call is about, and whether the bot may write there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.refusals import Refused, bad_request, blocked, migrated
from bot.sandbox.phones import ChatMessage, Group
from bot.sandbox.telegram_side import Chat, TelegramSide

# Source: Bot API, deleteMessage.
CAN_BE_DELETED = timedelta(hours=48)
MOST_AT_ONCE = 100


def chat_of(side: TelegramSide, parameters: Parameters, name: str = "chat_id") -> Chat:
    """The chat named by `chat_id`. Who never wrote to the bot has no chat with it yet."""
    if not parameters.text(name):
        raise bad_request(f"{name} is empty")
    number = parameters.number(name)
    if moved_to := side.moved.get(number):
        raise migrated(moved_to)
    chat = side.chats.get(number)
    if chat is None or not chat.known:
        raise bad_request("chat not found")
    return chat


def open_chat_of(side: TelegramSide, parameters: Parameters) -> Chat:
    chat = chat_of(side, parameters)
    if chat.blocked:
        side.ways.note(chat.id, "chat", "blocked")
        side.changes.ring()
        raise blocked()
    return chat


def own_message(side: TelegramSide, parameters: Parameters) -> ChatMessage:
    """The bot's message to edit, named by `chat_id` and `message_id`."""
    number = max(parameters.number("message_id"), 0)
    if not number and not parameters.text("chat_id"):
        raise bad_request("message identifier is not specified")
    message = open_chat_of(side, parameters).message(number)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot:
        raise bad_request("message can't be edited")
    return message


def deletable(side: TelegramSide, chat: Chat, message: ChatMessage) -> ChatMessage:
    """Within two days, and of others in a group only where the bot is admin."""
    place = chat.place
    if isinstance(place, Group) and not (message.from_bot or place.bot_is_admin):
        raise bad_request("message can't be deleted")
    if side.clock.now() - message.at > CAN_BE_DELETED:
        raise bad_request("message can't be deleted for everyone")
    return message


def message_ids(parameters: Parameters) -> list[int]:
    given = parameters.structure("message_ids")
    if not given and not isinstance(given, dict):
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > MOST_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    return [_message_id(number) for number in given]


def _message_id(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise bad_request("message identifier must be a Number")
    try:
        number = int(given)
    except ValueError:
        raise _not_a_number() from None
    if number <= 0:
        raise bad_request("invalid message identifier specified")
    return number


def _not_a_number() -> Refused:
    return bad_request("can't parse message identifier as a Number")
