"""The one shape of every door: what comes in, what goes out, and the ways sending fails.

A channel names what went wrong; `bot/delivery.py` alone decides what to do about it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, NamedTuple, Protocol

from content.letter import Attachment, ChosenBy, Drawing


class SendingFailed(Exception):
    """Nothing was delivered. `reason` is a word for the table of receipts, never personal."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AddressFailed(SendingFailed):
    """This address takes nothing more (blocked, no such chat or number). The person may have another."""


class MessageRefused(SendingFailed):
    """This message will never be taken by this door, at whatever time."""


class TryLater(SendingFailed):
    """It may pass by itself; `after` is how long the other side asked us to wait, where it said so."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class OutcomeUnknown(SendingFailed):
    """The request left and no answer came: it may have been sent. Nobody sends it again unasked."""


class NeverLeft(asyncio.CancelledError):
    """We were told to stop while the request still looked for its way out: it certainly reached nobody."""


def cut_off(told: asyncio.CancelledError) -> SendingFailed:
    """What became of a request in whose middle we were told to stop.

    What had no connection yet is sent at the next start; of the rest nobody knows.
    """
    return TryLater("stopped") if isinstance(told, NeverLeft) else OutcomeUnknown("stopped")


class Unreadable(Exception):
    """What came in has not the form this door knows. It is kept aside; nothing behind it waits."""


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    token: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what to acknowledge, and which message it stood under.

    `buttons` are those under that message: as the phone shows them when it is pressed, as they are to
    be from then on when it is answered, None where they stay as they are.
    """

    id: str
    message_id: int
    buttons: Rows | None = ()


class Incoming(NamedTuple):
    """One message from outside, understood as far as the door understands it.

    `address` is the sender: a user id or an E.164 number. `chat` is where the answer belongs if that
    is not the sender alone, and `group` is true there: others read along. `own_contact` is the number
    a person shared as their own (E.164), empty where the card was somebody else's. Kind `other` with
    the text `blocked` or `unblocked` says that the sender shut or opened this address to us.
    """

    channel: Literal["telegram", "sms"]
    external_id: str
    address: str
    kind: Literal["text", "press", "contact", "document", "other"]
    text: str = ""
    token: str = ""
    own_contact: str = ""
    file_id: str = ""
    file_name: str = ""
    file_size: int = 0
    chat: str = ""
    group: bool = False
    press: Press | None = None


class Outgoing(NamedTuple):
    """One message to one address. `reference` is our outbox id: receipts bring it back.

    `chosen_by`: how answers are picked where there are no buttons.
    `asks_contact` is the label of a button by which a person shares their own number. `press` is the
    press this answers; with `rewrites` the answer takes the place of the message pressed, and `in_place_of`
    is the number of a message whose place it takes without any press. `menu` is
    the chat's menu from now on: (command, what it does), where it is not empty. `keys` are the labels
    of the keys below the chat from now on; empty leaves those that rest there, but for a stranger,
    where the key that shares one's number goes. What many get at once `can_wait`: somebody else may be
    waiting for an answer. `to_many`: a lesson or notice that many get. `topic` is the slug of the lesson it
    is, where it is one.
    """

    to: str
    text: str
    reference: str
    buttons: Rows = ()
    chosen_by: ChosenBy = "number"
    picture: Attachment | Drawing | None = None
    document: Attachment | Drawing | None = None
    asks_contact: str = ""
    press: Press | None = None
    rewrites: bool = False
    in_place_of: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    to_stranger: bool = False
    can_wait: bool = False
    to_many: bool = False
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side took it, under this id of its own."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message that was taken: `reason` is a word of `content/rules/receipts`.

    Which one: `reference` is our outbox id; a company that does not bring it back names the message by
    its own id and, where that stands for a whole batch, by the number. `never_taken` is said of one that
    we ask about.
    """

    reference: str
    outcome: Literal["delivered", "failed", "buffered", "never_taken"]
    reason: str = ""
    provider_id: str = ""
    number: str = ""


class Channel(Protocol):
    """A door. It raises only the failures above from `send`.

    `most_at_once`: so many letters of the same words go in one request; 1 where each goes alone. Of those
    that can wait, so many are said `side_by_side`. `rests_as_one`: where it asks to be left alone, that is
    meant of all of it, and not of one chat.
    """

    @property
    def most_at_once(self) -> int: ...

    @property
    def side_by_side(self) -> int: ...

    @property
    def rests_as_one(self) -> bool: ...

    async def send(self, outgoing: Outgoing) -> Sent: ...

    async def send_batch(self, letters: Sequence[Outgoing]) -> list[Sent | SendingFailed]:
        """How each ended, in their order. Raises nothing, also when it is cut off."""
        ...

    def read(self, raw: Mapping[str, Any]) -> Incoming | None:
        """What a raw message says; None where it is no word of a person to us; else Unreadable."""
        ...

    async def download(self, file_id: str, limit: int) -> bytes:
        """The bytes of a file that was sent to us; MessageRefused where it is over `limit` bytes."""
        ...

    async def close(self) -> None: ...
