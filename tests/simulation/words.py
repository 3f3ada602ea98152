"""A word on its way to the program, and a letter as a phone shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bot.channels.contract import Outgoing

DoorName = Literal["telegram", "sms"]
# Whether a word has to be in the register of contacts: `may` where the program is free to see it otherwise.
Counts = Literal["must", "may"]

_WAY_TO_ANSWER = re.compile(r"(?:回|Reply )(\d{1,2}|[A-H]) (\S+)")


@dataclass
class Word:
    """`id` is the network's. `kept` is true once the network was told that the program has it."""

    id: str
    door: DoorName
    speaker: str
    address: str
    text: str = ""
    token: str = ""
    kind: Literal["text", "press", "contact", "blocked", "unblocked"] = "text"
    under: int = 0
    counts: Counts = "must"
    kept: bool = False
    settled: bool = False
    lesson_letter: str = ""

    def payload(self) -> dict[str, object]:
        """As the inbox keeps it."""
        return {
            "id": self.id, "from": self.address, "kind": self.kind, "text": self.text, "token": self.token,
            "under": self.under,
        }  # fmt: skip


class Way(NamedTuple):
    """One way to answer a letter: press what has this `token`, or send back this `sign`."""

    label: str
    token: str = ""
    sign: str = ""


@dataclass
class Shown:
    """A letter on a phone. `is_lesson` where its answers are letters."""

    door: DoorName
    text: str
    ways: tuple[Way, ...] = ()
    id: int = 0
    is_lesson: bool = False
    reference: str = ""
    links: tuple[str, ...] = field(default=())


def shown_in_chat(outgoing: Outgoing, message_id: int) -> Shown:
    ways = tuple(Way(button.label, token=button.token) for row in outgoing.buttons for button in row)
    is_lesson = outgoing.chosen_by == "letter"
    return Shown("telegram", outgoing.text, ways, message_id, is_lesson, outgoing.reference)


def shown_by_sms(words: str, reference: str) -> Shown:
    ways = tuple(Way(label, sign=sign) for sign, label in _WAY_TO_ANSWER.findall(words))
    is_lesson = any(way.sign in "ABC" for way in ways)
    return Shown("sms", words, ways, 0, is_lesson, reference)
