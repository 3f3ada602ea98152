"""A letter as the outbox keeps it: JSON, buttons by their tokens, files within or still to be drawn."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import orjson

from content.letter import Attachment, Drawing, Letter
from storage.choices import Shown


def kept_letter(
    letter: Letter, buttons: list[list[Shown]], press: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What is empty is left out. `bot/envelope.py` reads it."""
    said = {
        "chat": letter.chat,
        "sms": letter.sms,
        "buttons": [[(shown.choice.label, shown.token) for shown in row] for row in buttons],
        "keys": letter.keys,
        "picture": _attachment(letter.picture),
        "document": _attachment(letter.document),
        "asks_contact": letter.asks_contact,
        "chosen_by": letter.chosen_by,
        "rewrites": letter.rewrites,
        "in_place_of": letter.in_place_of,
        "menu": letter.menu,
        "press": press,
        "topic": letter.topic,
    }
    return {name: value for name, value in said.items() if value}


def as_json(kept: dict[str, Any]) -> str:
    # The standard library takes fifteen times as long over Chinese.
    return orjson.dumps(kept).decode()


def _attachment(attachment: Attachment | Drawing | None) -> dict[str, str] | None:
    if attachment is None:
        return None
    if isinstance(attachment, Drawing):
        sheet = attachment.sheet.to_json()
        return {"name": attachment.name, "sheet": sheet, "paper": attachment.paper}
    content = b64encode(attachment.content).decode()
    return {"name": attachment.name, "mime": attachment.mime, "content": content}
