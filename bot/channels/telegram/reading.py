"""What one raw update says.

Read field by field from the JSON, not by the library's classes: when Telegram gives some field we never
look at a new form, a member's check-in in the same message must still be understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.contract import Button, Incoming, Press, Rows, Unreadable
from content.rules.phones import as_e164

ASKED_FOR = ("message", "callback_query", "my_chat_member")

# 777000 speaks for a linked channel, 1087968824 for an anonymous admin, 136817688 for a channel in a
# group (core.telegram.org/bots/api, "User" and "sender_chat"): behind each stands nobody we could name.
_NOBODY = {777000, 1087968824, 136817688}
_WORDLESS = frozenset(
    ("photo", "voice", "video", "video_note", "audio", "animation", "sticker", "location", "venue", "story")
)


def read_update(raw: Mapping[str, Any], username: str) -> Incoming | None:
    """The word of a person in it, None where there is none, Unreadable where it is no update.

    An edited message is no new word and says nothing: a check-in must not count again for a mended typo.
    `username` is the bot's own, without the @: commands to another bot of a group are not for us.
    """
    try:
        external_id = str(int(raw["update_id"]))
        if "message" in raw:
            return _message(external_id, raw["message"], username)
        if "callback_query" in raw:
            return _press(external_id, raw["callback_query"])
        if "my_chat_member" in raw:
            return _door_shut_or_opened(external_id, raw["my_chat_member"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable("update") from error
    return None


def _message(external_id: str, message: Mapping[str, Any], username: str) -> Incoming | None:
    if "sender_chat" in message or not _is_person(message.get("from")):
        return None
    common: dict[str, Any] = {
        "channel": "telegram",
        "external_id": external_id,
        **_who_and_where(message["from"], message),
    }
    if "contact" in message:
        return Incoming(**common, kind="contact", own_contact=_own_number(message))
    text = _words_to_us(message, username)
    if text is None:
        return None
    if "document" in message:
        document = message["document"]
        return Incoming(
            **common,
            kind="document",
            text=text,
            file_id=str(document["file_id"]),
            file_name=_whole(document.get("file_name", "")),
            file_size=int(document.get("file_size", 0)),
        )
    if text:
        return Incoming(**common, kind="text", text=text)
    # What else has no words is a notice of the service (somebody joined, a message was pinned).
    return Incoming(**common, kind="other") if _WORDLESS & message.keys() else None


def _press(external_id: str, query: Mapping[str, Any]) -> Incoming | None:
    message = query.get("message")
    if message is None or "data" not in query or not _is_person(query["from"]):
        return None
    return Incoming(
        channel="telegram",
        external_id=external_id,
        kind="press",
        token=str(query["data"]),
        press=Press(str(query["id"]), int(message["message_id"]), _buttons(message)),
        **_who_and_where(query["from"], message),
    )


def _buttons(message: Mapping[str, Any]) -> Rows:
    """What hangs under the message pressed. Without it the press counts all the same, and all go."""
    try:
        rows = message["reply_markup"]["inline_keyboard"]
        return tuple(
            tuple(Button(str(b["text"]), str(b["callback_data"])) for b in row if "callback_data" in b)
            for row in rows
        )
    except (KeyError, TypeError):
        return ()


def _door_shut_or_opened(external_id: str, change: Mapping[str, Any]) -> Incoming | None:
    if change["chat"]["type"] != "private":
        return None
    shut = change["new_chat_member"]["status"] == "kicked"
    return Incoming(
        channel="telegram",
        external_id=external_id,
        address=str(int(change["from"]["id"])),
        kind="other",
        text="blocked" if shut else "unblocked",
    )


def _is_person(sender: Mapping[str, Any] | None) -> bool:
    return sender is not None and not sender.get("is_bot") and sender["id"] not in _NOBODY


def _who_and_where(sender: Mapping[str, Any], message: Mapping[str, Any]) -> dict[str, Any]:
    group = message["chat"]["type"] != "private"
    chat = str(int(message["chat"]["id"])) if group else ""
    return {"address": str(int(sender["id"])), "chat": chat, "group": group}


def _own_number(message: Mapping[str, Any]) -> str:
    """The sender's own number: a card can be anybody's, and whoever shows it would become them."""
    contact = message["contact"]
    forwarded = "forward_origin" in message or "forward_date" in message
    if message["chat"]["type"] != "private" or forwarded or contact.get("user_id") != message["from"]["id"]:
        return ""
    # Telegram writes it in full, mostly without the plus.
    return as_e164("+" + str(contact["phone_number"]).lstrip("+")) or ""


def _words_to_us(message: Mapping[str, Any], username: str) -> str | None:
    """What was typed, the bot's name taken off a command; None where another bot was spoken to."""
    text = _whole(message.get("text") or message.get("caption") or "")
    command, space, rest = text.partition(" ")
    if not command.startswith("/") or "@" not in command:
        return text
    command, _, named = command.partition("@")
    return f"{command}{space}{rest}" if named.lower() == username.lower() else None


def _whole(said: object) -> str:
    """Half an emoji is no text: it can be neither sealed nor sent, and would cost the turn it comes with."""
    return str(said).encode("utf-8", "replace").decode()
