"""What may hang under a message: buttons in it, or a keyboard in the place of the phone's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.refusals import bad_request
from bot.sandbox.phones import ChatButton

MOST_CALLBACK_BYTES = 64


@dataclass(frozen=True, slots=True)
class Markup:
    """`keyboard` is None where the chat's reply keyboard stays as it is, and empty where it goes."""

    buttons: tuple[tuple[ChatButton, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    asks_contact: str = ""


def read_markup(parameters: Parameters) -> Markup:
    given = parameters.structure("reply_markup")
    if not given:
        return Markup()
    try:
        return _markup(given)
    except (TypeError, KeyError, AttributeError):
        raise bad_request("can't parse reply markup JSON object") from None


def _markup(given: dict[str, Any]) -> Markup:
    if "inline_keyboard" in given:
        return Markup(buttons=tuple(tuple(map(_button, row)) for row in given["inline_keyboard"] if row))
    if "keyboard" in given:
        return _keyboard(given["keyboard"])
    return Markup(keyboard=() if given.get("remove_keyboard") else None)


def _button(given: dict[str, Any]) -> ChatButton:
    label, data, url = given.get("text", ""), given.get("callback_data", ""), given.get("url", "")
    if not label:
        raise bad_request("inline keyboard button text must be non-empty")
    if not (data or url):
        raise bad_request(f'text buttons are unallowed in the inline keyboard: "{label}"')
    if len(data.encode()) > MOST_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return ChatButton(label, data, url)


def _keyboard(rows: Sequence[Sequence[Any]]) -> Markup:
    keys = [[key if isinstance(key, dict) else {"text": key} for key in row] for row in rows]
    asking = [key["text"] for row in keys for key in row if key.get("request_contact")]
    labels = tuple(tuple(key["text"] for key in row) for row in keys)
    return Markup(keyboard=labels, asks_contact=asking[0] if asking else "")
