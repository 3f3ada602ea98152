"""What a visitor does with a phone on the page, done in the world."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.phones import BotBlocked, NoSuchButton, NoSuchPhone, PhoneOff
from bot.sandbox.world import World

# Telegram's own limit for a message; a text message ends far below it.
LONGEST_TEXT = 4096
_START = re.compile(
    r"^(?:https?://)?t\.me/(?P<bot>\w+)\?(?:[^#]*&)?start=(?P<parameter>[\w-]{1,64})(?:[&#]|$)"
)

Said = dict[str, Any]
Deed = Callable[[World, int, Said], None]


class NotUnderstood(ValueError):
    """The request says nothing that can be done; the message says what is missing."""


def type_words(world: World, phone: int, said: Said) -> None:
    """{text}, and {group} where it is typed there."""
    group = _group(world, phone, said)
    if group:
        world.type_in_group(group, phone, _words(said))
    else:
        _can_write(world, phone)
        world.type(phone, _words(said))


def press(world: World, phone: int, said: Said) -> None:
    """{message, row, column}, and {group} where the message hangs there."""
    row, column = _number(said, "row"), _number(said, "column")
    if row < 0 or column < 0:
        raise NoSuchButton(row, column)
    world.press(phone, _number(said, "message"), row, column, group_id=_group(world, phone, said))


def share_contact(world: World, phone: int, said: Said) -> None:
    """One's own card, or that of the phone named in {of}: the card of somebody else."""
    of = world.phone(_number(said, "of")) if said.get("of") is not None else None
    _can_write(world, phone)
    world.share_contact(phone, of.number if of and of.id != phone else None)


def send_document(world: World, phone: int, name: str, content: bytes) -> None:
    is_on(world, phone)
    _can_write(world, phone)
    world.send_document(phone, name, content)


def open_link(world: World, phone: int, said: Said) -> None:
    """{address}: an invitation opened on this phone. Only links to the bot of this world lead anywhere."""
    found = _START.match(str(said.get("address", "")))
    if not found or found["bot"].lower() != world.telegram.account.username.lower():
        raise NotUnderstood("This link does not lead to the bot.")
    world.open_link(phone, found["parameter"])


def text(world: World, phone: int, said: Said) -> None:
    """{text}: a text message to the service number."""
    world.text(phone, _words(said))


def block(world: World, phone: int, said: Said) -> None:
    """{blocked}: the bot is blocked on this phone, or no longer."""
    if said.get("blocked") is True:
        world.block(phone)
    else:
        world.unblock(phone)


def power(world: World, phone: int, said: Said) -> None:
    """{on}: switched off, no text message arrives, and what is said in chats waits."""
    if said.get("on") is True:
        world.switch_on(phone)
    else:
        world.switch_off(phone)


def is_on(world: World, phone: int) -> None:
    """Raises PhoneOff."""
    if world.is_off(phone):
        raise PhoneOff(phone)


def _can_write(world: World, phone: int) -> None:
    """Where the bot is blocked a phone offers no place to type."""
    if world.has_blocked(phone):
        raise BotBlocked(phone)


def _words(said: Said) -> str:
    words = said.get("text")
    if not isinstance(words, str) or not words.strip():
        raise NotUnderstood("There are no words in `text`.")
    if len(words) > LONGEST_TEXT:
        raise NotUnderstood(f"A message has {LONGEST_TEXT} characters at most.")
    return words.strip()


def _number(said: Said, name: str) -> int:
    number = said.get(name)
    if not isinstance(number, int) or isinstance(number, bool):
        raise NotUnderstood(f"`{name}` is no number.")
    return number


def _group(world: World, phone: int, said: Said) -> int | None:
    """The group meant, where one is named and this phone's owner is in it."""
    if said.get("group") is None:
        return None
    group = world.groups.get(_number(said, "group"))
    if group is None or phone not in group.members:
        raise NoSuchPhone(said["group"])
    return group.id
