"""Messages, presses and files in Telegram's own JSON, complete enough for the strictest client."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.bot_api import people
from bot.sandbox.bot_api.people import Json, seconds
from bot.sandbox.bot_api.pictures import smaller
from bot.sandbox.phones import ChatButton, ChatFile, ChatMessage, Contact, Phone

if TYPE_CHECKING:
    from bot.sandbox.telegram_side import TelegramSide

# What Telegram finds in a text by itself.
_ENTITIES = {
    "bot_command": re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(@\w+)?"),
    "url": re.compile(r"https?://[^\s，。；！？、）》]+"),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII),
    "mention": re.compile(r"(?<![\w@/.-])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)", re.ASCII),
    "hashtag": re.compile(r"(?<![\w#])#(?!\d+\b)\w{1,256}"),
}
# Inside these nothing is looked for.
_CLOSED = frozenset(("code", "pre", "text_link", "text_mention", "url", "email"))


def message(side: TelegramSide, shown: ChatMessage) -> Json:
    """A Message object. Reply keyboards are not part of it, as with Telegram; inline ones are."""
    sender = people.bot_user(side.account) if shown.sender is None else people.user(side.people[shown.sender])
    said: Json = {
        "message_id": shown.id,
        "from": sender,
        "chat": people.chat(side.chats[shown.chat_id].place),
        "date": seconds(shown.at),
    }
    said |= _content(shown) | shown.more
    answered = side.chats[shown.chat_id].message(shown.reply_to) if shown.reply_to else None
    if answered:
        # One step back and no further, as with Telegram.
        said["reply_to_message"] = message(side, replace(answered, reply_to=None))
    if shown.edited_at:
        said["edit_date"] = seconds(shown.edited_at)
    if shown.buttons:
        said["reply_markup"] = {"inline_keyboard": [[_button(b) for b in row] for row in shown.buttons]}
    return said


def callback_query(
    side: TelegramSide, press_id: str, presser: Phone, under: ChatMessage, written: str
) -> Json:
    return {
        "id": press_id,
        "from": people.user(presser),
        "message": message(side, under),
        "chat_instance": str(-(abs(under.chat_id) * 7 + 3)),
        "data": written,
    }


def file(kept: ChatFile) -> Json:
    return {"file_id": kept.id, "file_unique_id": kept.unique_id, "file_size": len(kept.content)}


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram measures."""
    return len(text.encode("utf-16-le")) // 2


def _content(shown: ChatMessage) -> Json:
    if shown.contact:
        return {"contact": _contact(shown.contact)}
    if not (shown.picture or shown.document):
        return {"text": shown.text} | _entities("entities", shown)
    captioned: Json = {}
    if shown.text:
        captioned = {"caption": shown.text} | _entities("caption_entities", shown)
    if shown.picture:
        return captioned | {"photo": _sizes(shown.picture)}
    return captioned | {"document": _document(shown.document)} if shown.document else captioned


def _sizes(picture: ChatFile) -> list[Json]:
    """Smallest first, as Telegram lists them."""
    sizes = [*smaller(picture), picture]
    return [file(size) | {"width": size.width, "height": size.height} for size in sizes]


def _document(kept: ChatFile) -> Json:
    return file(kept) | {"file_name": kept.name, "mime_type": kept.mime}


def _contact(card: Contact) -> Json:
    said: Json = {"phone_number": card.number, "first_name": card.first_name}
    return said if card.user_id is None else said | {"user_id": card.user_id}


def _button(button: ChatButton) -> Json:
    does = (
        {"url": button.url} if button.url else {"callback_data": button.data} if button.data else button.other
    )
    return {"text": button.label} | does


def _entities(name: str, shown: ChatMessage) -> Json:
    """What the bot said of the text, and what Telegram found in the rest of it."""
    entities = list(shown.entities)
    for kind, pattern in _ENTITIES.items():
        for at in pattern.finditer(shown.text):
            found = {"type": kind, "offset": units(shown.text[: at.start()]), "length": units(at.group())}
            if not any(_overlap(found, closed) for closed in entities if closed["type"] in _CLOSED):
                entities.append(found)
    ordered = sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return {name: ordered} if ordered else {}


def _overlap(one: Json, other: Json) -> bool:
    first, second = sorted((one, other), key=lambda entity: int(entity["offset"]))
    return bool(first["offset"] + first["length"] > second["offset"])
