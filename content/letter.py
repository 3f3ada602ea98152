"""What is to be said to one person, in both its forms, before any door is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from content.act import Act


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer: a button in a chat, a number to send back by SMS."""

    label: str
    act: Act


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """`chat` may be long; `sms` is the short form an old phone gets, and the chat's text where empty.

    Whoever writes a letter to a liaison or secretary keeps names out of `sms` (surname and **).
    `choices` are rows of buttons; with `lettered` an old phone answers them by A, B, C and not by
    number, which leaves the numbers to a question that is open. `rewrites` puts the letter in the
    place of the message whose button was pressed, as when a list turns its page. `menu` is the
    chat's command menu from now on, as (command, what it does); empty leaves it as it is.
    """

    chat: str
    sms: str = ""
    choices: tuple[tuple[Choice, ...], ...] = ()
    lettered: bool = False
    picture: Attachment | None = None
    document: Attachment | None = None
    asks_contact: str = ""
    rewrites: bool = False
    menu: tuple[tuple[str, str], ...] = ()
