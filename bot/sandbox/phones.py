"""What lies in people's hands in the pretend world: phones, groups, and the messages on their screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


class NoSuchPhone(LookupError):
    """No phone or group in this world has that id."""


class NoChatApp(RuntimeError):
    """This is an old phone: it has keys and text messages, and no chat to type in."""


class BotBlocked(RuntimeError):
    """Whoever blocked the bot has nowhere to type: they let it in again first."""


class PhoneOff(RuntimeError):
    """Nothing can be typed or pressed on a phone before it is switched on."""


class NoSuchButton(LookupError):
    """No button hangs at that place under that message."""


@dataclass(frozen=True, slots=True)
class Phone:
    """`id` is also its owner's user id and the id of the private chat; `number` is E.164."""

    id: int
    owner: str
    number: str
    smartphone: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group chat with the bot in it. Only a bot that is admin hears more than commands and replies."""

    id: int
    title: str
    members: tuple[int, ...]
    bot_is_admin: bool = True


@dataclass(frozen=True, slots=True)
class ChatButton:
    """A button under a message. Pressing one with a `url` opens it and tells the bot nothing.

    `other` is what a button does that is neither, in Telegram's own JSON; nothing comes of it here.
    """

    label: str
    data: str = ""
    url: str = ""
    other: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ChatFile:
    """`width` and `height` are in pixels, 0 where it is no picture."""

    id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """A card of somebody. `user_id` is None where the number has no chat account."""

    number: str
    first_name: str
    user_id: int | None


@dataclass(slots=True, kw_only=True)
class ChatMessage:
    """One bubble in a chat. `text` is the caption where there is a picture or document.

    `sender` is a phone's id, None for the bot. `asks_contact` is the label of a keyboard button that
    shares one's number. `reply_to` is the id of the message that this answers. Only what was `reworded`
    says to people that it was edited: a change of buttons does not. `pressed` is the (row, column) last
    pressed and `toast` what the bot answered. `entities` is what the bot said of parts of the text, and
    `more` what else Telegram says of the message, both in Telegram's own JSON.
    """

    id: int
    chat_id: int
    sender: int | None
    at: datetime
    text: str = ""
    entities: tuple[dict[str, Any], ...] = ()
    more: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[tuple[ChatButton, ...], ...] = ()
    picture: ChatFile | None = None
    document: ChatFile | None = None
    contact: Contact | None = None
    reply_to: int | None = None
    asks_contact: str = ""
    edited_at: datetime | None = None
    reworded: bool = False
    pressed: tuple[int, int] | None = None
    toast: str = ""

    @property
    def from_bot(self) -> bool:
        return self.sender is None

    @property
    def edited(self) -> bool:
        return self.reworded


@dataclass(slots=True, kw_only=True)
class ShortMessage:
    """One text message. `parts` is the body as the network carries it, one string a part.

    `sent` has left, `delivered` has arrived (at the phone, or at the program), `failed` never will.
    """

    id: str
    from_program: bool
    body: str
    at: datetime
    parts: list[str]
    encoding: Literal["GSM-7", "UCS-2"]
    status: Literal["sent", "delivered", "failed"] = "sent"
