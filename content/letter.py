"""What is to be said to one person, in both its forms, before any door is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from content.act import Act
from content.pictures.sheet import Paper, Sheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# How an old phone picks one of the answers. By word, where a 1 meant for something else would do harm:
# then the text itself says the word.
ChosenBy = Literal["number", "letter", "word"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer: a button in a chat, a number to send back by SMS.

    What is `at_hand` belongs to no letter: it rests as a key below the chat until other keys come.
    """

    label: str
    act: Act
    at_hand: bool = False


# The choices of a letter, row by row.
Rows = tuple[tuple[Choice, ...], ...]


def in_rows(choices: Sequence[Choice], each: int = 3) -> Rows:
    """So many side by side: a narrow phone shows three numbers with a name, and two that are words."""
    return tuple(tuple(choices[at : at + each]) for at in range(0, len(choices), each))


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file; `mime` says what kind, as XLSX does of a workbook."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is drawn when it is sent; by SMS it is never drawn at all."""

    name: str
    sheet: Sheet
    paper: Paper = "phone"


class Letter(NamedTuple):
    """`chat` may be long; `sms` is the short form an old phone gets, and the chat's text where empty.

    Whoever writes a letter to a liaison or secretary keeps names out of `sms` (surname and **).
    `choices` are rows of buttons; `chosen_by` letter (A, B, C) or word leaves the numbers to a question
    that is open. `rewrites` puts the letter in the
    place of the message whose button was pressed, as when a list turns its page; `in_place_of` in that of
    the message to which the chat gave this number, pressed or not. `menu` is the
    chat's command menu from now on, as (command, what it does); empty leaves it as it is.
    `topic` is the slug of the lesson that it is.
    """

    chat: str
    sms: str = ""
    choices: Rows = ()
    chosen_by: ChosenBy = "number"
    picture: Attachment | Drawing | None = None
    document: Attachment | Drawing | None = None
    asks_contact: str = ""
    rewrites: bool = False
    in_place_of: str = ""
    menu: tuple[tuple[str, str], ...] = ()
    topic: str = ""

    @property
    def answers(self) -> Rows:
        """The choices that hang under this letter."""
        rows = (tuple(choice for choice in row if not choice.at_hand) for row in self.choices)
        return tuple(row for row in rows if row)

    @property
    def keys(self) -> tuple[tuple[str, ...], ...]:
        """The labels of the keys at hand from now on; empty leaves those that are."""
        rows = (tuple(choice.label for choice in row if choice.at_hand) for row in self.choices)
        return tuple(row for row in rows if row)
