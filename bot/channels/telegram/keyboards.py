"""Buttons as the Bot API writes them. The library's own objects cost more than all the rest of a sending."""

from __future__ import annotations

from typing import Any

from bot.channels.contract import Outgoing, Rows

Keyboard = dict[str, Any]


def keyboard(outgoing: Outgoing) -> Keyboard | None:
    """What hangs under the letter's last message, or rests below the chat from now on."""
    if outgoing.asks_contact:
        button = {"text": outgoing.asks_contact, "request_contact": True}
        return {"keyboard": [[button]], "one_time_keyboard": True, "resize_keyboard": True}
    if outgoing.buttons:
        return inline(outgoing.buttons)
    if outgoing.keys:
        rows = [[{"text": label} for label in row] for row in outgoing.keys]
        return {"keyboard": rows, "is_persistent": True, "resize_keyboard": True}
    # Whether the key for sharing one's number still rests there we do not remember: the next plain word
    # to a stranger takes it away; whoever is inside has had it replaced by the keys of the welcome.
    if outgoing.to_stranger and not outgoing.to.startswith("-"):
        return {"remove_keyboard": True}
    return None


def inline(buttons: Rows) -> Keyboard | None:
    """Rows of buttons under a message."""
    rows = [[{"text": button.label, "callback_data": button.token} for button in row] for row in buttons]
    return {"inline_keyboard": rows} if rows else None
