"""A promise as the outbox keeps it, put into the form a door takes."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from bot.channels.contract import Button, Outgoing, Press
from content.letter import Attachment
from storage.deliveries import Claimed


def outgoing_of(claimed: Claimed) -> Outgoing:
    letter = claimed.letter
    chat = claimed.channel == "telegram"
    buttons = tuple(tuple(Button(label, token) for label, token in row) for row in letter.get("buttons", []))
    return Outgoing(
        to=claimed.recipient,
        text=letter["chat"] if chat else letter.get("sms") or letter["chat"],
        reference=claimed.id,
        buttons=buttons,
        lettered=letter.get("lettered", False),
        picture=_attachment(letter.get("picture")),
        document=_attachment(letter.get("document")),
        asks_contact=letter.get("asks_contact", ""),
        press=Press(**letter["press"]) if letter.get("press") else None,
        rewrites=letter.get("rewrites", False),
        menu=tuple((command, says) for command, says in letter.get("menu", [])),
    )


def _attachment(kept: Mapping[str, Any] | None) -> Attachment | None:
    if kept is None:
        return None
    return Attachment(kept["name"], kept["mime"], b64decode(kept["content"]))
