"""forwardMessage and copyMessage: what stands in one chat is put in another, with its sender or without."""

from __future__ import annotations

from bot.sandbox.bot_api import people, wire
from bot.sandbox.bot_api.chats import chat_of
from bot.sandbox.bot_api.formatted import Formatted
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.people import Json, seconds
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.bot_api.sending import caption_text, place_of, put
from bot.sandbox.phones import ChatMessage
from bot.sandbox.telegram_side import TelegramSide


def forward_message(side: TelegramSide, parameters: Parameters) -> Json:
    origin = _message(side, parameters, "forward")
    sender = (
        people.bot_user(side.account) if origin.sender is None else people.user(side.people[origin.sender])
    )
    said = {"type": "user", "sender_user": sender, "date": seconds(origin.at)}
    text = Formatted(origin.text, origin.entities)
    return wire.message(side, _put(side, parameters, origin, text, {"forward_origin": said}))


def copy_message(side: TelegramSide, parameters: Parameters) -> Json:
    """Under another caption, where one is given. The answer names the copy and nothing else."""
    origin = _message(side, parameters, "copy")
    captioned = "caption" in parameters.said and (origin.picture or origin.document)
    text = caption_text(parameters) if captioned else Formatted(origin.text, origin.entities)
    return {"message_id": _put(side, parameters, origin, text, {}).id}


def _message(side: TelegramSide, parameters: Parameters, to_do: str) -> ChatMessage:
    if not parameters.text("from_chat_id"):
        raise bad_request('parameter "from_chat_id" is required')
    message = chat_of(side, parameters, "from_chat_id").message(parameters.number("message_id"))
    if message is None:
        raise bad_request(f"message to {to_do} not found")
    if message.more.get("has_protected_content"):
        raise bad_request(f"message can't be {'copied' if to_do == 'copy' else 'forwarded'}")
    return message


def _put(
    side: TelegramSide, parameters: Parameters, origin: ChatMessage, text: Formatted, more: Json
) -> ChatMessage:
    place = place_of(side, parameters)
    sent = put(side, place, parameters, text, more, picture=origin.picture, document=origin.document)
    sent.contact = origin.contact
    return sent
