"""What the page asks of whoever puts on the demo: the phones, the time, and to wind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal, NamedTuple, Protocol

Step = Literal["day", "week", "next"]


class Bilingual(NamedTuple):
    """The same words for visitors who read Chinese and for those who do not."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to try on a phone, sent as they stand when clicked; `gloss` is their meaning in English."""

    text: str
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class PhoneOnStage:
    """A phone of the world with what a visitor should know: who holds it, and what to try on it."""

    phone_id: int
    role: Bilingual
    caption: Bilingual
    suggestions: tuple[Suggestion, ...] = ()
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody behind the stage whom a visitor may ask on to it. `id` is for the stage alone to read."""

    id: str
    name: str
    role: Bilingual
    unit: str


class NobodyThere(LookupError):
    """Nobody with that id waits behind the stage, or stands on it as a guest."""


class Stage(Protocol):
    """`phones` stand from left to right, guests last. All times are shown in the branch's `timezone`."""

    @property
    def phones(self) -> Sequence[PhoneOnStage]: ...

    @property
    def timezone(self) -> tzinfo: ...

    def now(self) -> datetime:
        """The time in the demo, aware."""
        ...

    async def opened(self) -> None:
        """Returns once the program listens: a page left open finds the demo before that."""
        ...

    async def wind(self, step: Step) -> list[str]:
        """Moves the time on and lets all that is due happen; returns what happened, a line each."""
        ...

    async def waiting(self) -> Sequence[Waiting]:
        """Who may still be asked on to the stage, those with the widest view first."""
        ...

    async def bring(self, waiting_id: str) -> int:
        """Puts their phone on the stage; its id. Raises NobodyThere."""
        ...

    async def dismiss(self, phone_id: int) -> None:
        """Takes a guest's phone off again; what was said on it stays. Raises NobodyThere."""
        ...
