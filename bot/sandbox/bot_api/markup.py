"""What may hang under a message: buttons in it, or a keyboard in the place of the phone's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.sandbox.bot_api.marking import checked_link
from bot.sandbox.bot_api.parameters import Parameters
from bot.sandbox.bot_api.refusals import Refused, bad_request
from bot.sandbox.phones import ChatButton

MOST_CALLBACK_BYTES = 64
# What else a button may do; here it can be hung up and is shown, and pressing it does nothing.
OTHER_DEEDS = frozenset(
    ("callback_game", "pay", "switch_inline_query", "switch_inline_query_current_chat", "login_url")
) | {"switch_inline_query_chosen_chat", "web_app", "copy_text"}


@dataclass(frozen=True, slots=True)
class Markup:
    """`keyboard` is None where the chat's reply keyboard stays as it is, and empty where it goes."""

    buttons: tuple[tuple[ChatButton, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    asks_contact: str = ""


def read_markup(parameters: Parameters) -> Markup:
    given = parameters.object("reply_markup", "reply keyboard markup")
    keyboard, inline = _rows(given, "keyboard"), _rows(given, "inline_keyboard")
    if keyboard:
        return _keyboard(keyboard)
    if inline:
        return Markup(buttons=tuple(tuple(map(_button, row)) for row in inline if row))
    return Markup(keyboard=() if given.get("remove_keyboard") is True else None)


def read_inline(parameters: Parameters) -> Markup:
    """What may hang under a message that stands there already."""
    markup = read_markup(parameters)
    if markup.keyboard is not None:
        raise bad_request("inline keyboard expected")
    return markup


def _rows(given: dict[str, Any], name: str) -> list[list[Any]]:
    rows = given.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        whose = " of the InlineKeyboardMarkup" if name == "inline_keyboard" else ""
        raise bad_request(f'field "{name}"{whose} must be an Array of Arrays')
    return rows


def _button(given: Any) -> ChatButton:
    if not isinstance(given, dict):
        raise _unread("inline keyboard", "InlineKeyboardButton must be an Object")
    label, data, url = (_text(given, name) for name in ("text", "callback_data", "url"))
    other = {name: given[name] for name in OTHER_DEEDS & given.keys()}
    if "text" not in given:
        raise _unread("inline keyboard", 'Can\'t find field "text"')
    if not (data or url or other):
        raise _unread("inline keyboard", "Text buttons are unallowed in the inline keyboard")
    if not label:
        raise bad_request("inline keyboard button text must be non-empty")
    if url and not (opens := checked_link(url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if len(data.encode()) > MOST_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return ChatButton(label, "" if url else data, opens if url else "", {} if url or data else other)


def _keyboard(rows: list[list[Any]]) -> Markup:
    keys = [[_key(key) for key in row] for row in rows if row]
    asking = [key["text"] for row in keys for key in row if key.get("request_contact")]
    labels = tuple(tuple(key["text"] for key in row) for row in keys)
    return Markup(keyboard=labels, asks_contact=asking[0] if asking else "")


def _key(given: Any) -> dict[str, Any]:
    key = {"text": given} if isinstance(given, str) else given
    if not isinstance(key, dict):
        raise _unread("keyboard", "KeyboardButton must be a String or an Object")
    if "text" not in key:
        raise _unread("keyboard", 'Can\'t find field "text"')
    if not _text(key, "text"):
        raise bad_request("keyboard button text must be non-empty")
    return key


def _text(given: dict[str, Any], name: str) -> str:
    """Numbers will do for text, as with Telegram."""
    value = given.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _unread("inline keyboard", f'Field "{name}" must be of type String')
    return str(value)


def _unread(what: str, why: str) -> Refused:
    return bad_request(f"can't parse {what} button: {why}")
