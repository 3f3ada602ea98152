"""A promise as the outbox keeps it, put into the form a door takes."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.channels.contract import Button, Outgoing, Press, Rows
from content.letter import Attachment, Drawing
from content.pictures.sheet import Sheet


class Kept(Protocol):
    """A letter that is to go out, or that went: `letter` is as `kept_letter` has it."""

    @property
    def id(self) -> str: ...
    @property
    def person_id(self) -> str | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def recipient(self) -> str: ...
    @property
    def letter(self) -> Mapping[str, Any] | None: ...
    @property
    def kind(self) -> str: ...


def outgoing_of(claimed: Kept) -> Outgoing:
    letter = claimed.letter or {}
    chat = claimed.channel == "telegram"
    return Outgoing(
        to=claimed.recipient,
        text=letter["chat"] if chat else letter.get("sms") or letter["chat"],
        reference=claimed.id,
        buttons=_rows(letter.get("buttons", [])),
        chosen_by=letter.get("chosen_by", "number"),
        picture=_attachment(letter.get("picture")),
        document=_attachment(letter.get("document")),
        asks_contact=letter.get("asks_contact", ""),
        press=_press(letter.get("press")),
        rewrites=letter.get("rewrites", False),
        in_place_of=letter.get("in_place_of", ""),
        keys=tuple(tuple(row) for row in letter.get("keys", [])),
        to_stranger=claimed.person_id is None,
        can_wait=claimed.kind in ("lesson", "campaign", "reminder"),
        to_many=claimed.kind in ("lesson", "campaign"),
        topic=letter.get("topic", ""),
        menu=tuple((command, says) for command, says in letter.get("menu", [])),
    )


def _press(kept: Mapping[str, Any] | None) -> Press | None:
    if kept is None:
        return None
    buttons = kept.get("buttons", [])
    return Press(kept["id"], kept["message_id"], None if buttons is None else _rows(buttons))


def _rows(kept: Sequence[Sequence[tuple[str, str]]]) -> Rows:
    return tuple(tuple(Button(label, token) for label, token in row) for row in kept)


def _attachment(kept: Mapping[str, Any] | None) -> Attachment | Drawing | None:
    if kept is None:
        return None
    if "sheet" in kept:
        return Drawing(kept["name"], Sheet.from_json(kept["sheet"]), kept["paper"])
    return Attachment(kept["name"], kept["mime"], b64decode(kept["content"]))
