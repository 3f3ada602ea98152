"""The shape of an invariant: it looks on, and says in a line what must never be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tests.simulation.words import DoorName, Word

if TYPE_CHECKING:
    from tests.simulation.world import World

Found = Iterator[str]


class Leaving(NamedTuple):
    """A request to send, as it leaves us. `row` is the letter's own in the outbox, with its address."""

    door: DoorName
    to: str
    reference: str
    text: str
    at: datetime
    row: sqlite3.Row | None

    @property
    def kind(self) -> str:
        return str(self.row["kind"]) if self.row else ""


class Invariant:
    """Each step says nothing unless a rule was broken. `name` is what a finding is filed under."""

    name = ""

    def __init__(self, world: World) -> None:
        self.world = world

    def letter_leaves(self, leaving: Leaving) -> Found:
        """A request to send was made."""
        yield from ()

    def letter_arrives(self, reference: str, to: str) -> Found:
        """A phone shows it."""
        yield from ()

    def asked_to_wait(self, reference: str, until: datetime) -> Found:
        """The network took nothing, and named a time."""
        yield from ()

    def word_settled(self, word: Word) -> Found:
        """Its turn was taken."""
        yield from ()

    def calm(self) -> Found:
        """All that could be done at this moment was done. Cheap things alone."""
        yield from ()

    def day_ends(self) -> Found:
        """Once a day, at night, while the program is at work."""
        yield from ()

    def at_the_end(self) -> Found:
        """Everything was mended days ago."""
        yield from ()
