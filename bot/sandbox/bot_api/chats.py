"""Which chat and which message a call is about, and whether the bot may write there."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.refusals import bad_request, blocked, migrated
from bot.sandbox.phones import ChatMessage
from bot.sandbox.telegram_side import Chat, TelegramSide

# Source: Bot API, deleteMessage.
CAN_BE_DELETED = timedelta(hours=48)


def chat_of(side: TelegramSide, parameters: Parameters) -> Chat:
    """The chat named by `chat_id`. Who never wrote to the bot has no chat with it yet."""
    if not parameters.text("chat_id"):
        raise bad_request("chat_id is empty")
    if moved_to := side.moved.get(parameters.number("chat_id")):
        raise migrated(moved_to)
    chat = side.chats.get(parameters.number("chat_id"))
    if chat is None or not chat.known:
        raise bad_request("chat not found")
    return chat


def open_chat_of(side: TelegramSide, parameters: Parameters) -> Chat:
    chat = chat_of(side, parameters)
    if chat.blocked:
        raise blocked()
    return chat


def own_message(side: TelegramSide, parameters: Parameters, to_do: str) -> ChatMessage:
    """The bot's message named by `chat_id` and `message_id`; `to_do` is "edit" or "delete".

    In a private chat the other's may be deleted too, none being older than 48 hours.
    """
    message = open_chat_of(side, parameters).message(parameters.number("message_id"))
    if message is None:
        raise bad_request(f"message to {to_do} not found")
    if not message.from_bot and to_do == "edit":
        raise bad_request("message can't be edited")
    if to_do == "delete" and side.clock.now() - message.at > CAN_BE_DELETED:
        raise bad_request("message can't be deleted for everyone")
    return message
