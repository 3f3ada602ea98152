"""What stands on a picture: a title, a few large numbers, and bars in sections. Words are in one language.

It is small and plain, so a promise in the outbox keeps the sheet and not its pixels: it is drawn when the
picture is sent, and no turn keeps the database waiting for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

# Each can be told from the others on paper without colours.
Fill = Literal["solid", "hatched", "dotted", "plain"]
Paper = Literal["phone", "a4"]


@dataclass(frozen=True, slots=True)
class Part:
    n: int
    fill: Fill = "solid"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its parts stand behind each other; at their end `says` is read, and `beside` it smaller."""

    label: str
    parts: tuple[Part, ...]
    says: str
    beside: str = ""

    @property
    def n(self) -> int:
        return sum(part.n for part in self.parts)


@dataclass(frozen=True, slots=True)
class Section:
    """Bars under one heading. `legend` says what the fills mean, where that is open.

    They are drawn to one scale; where `wholes` is said, each is a whole by itself and as long as the others.
    """

    heading: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, Fill], ...] = ()
    wholes: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    subtitle: str
    tiles: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    foot: str

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Sheet:
        kept = json.loads(text)
        return cls(
            title=kept["title"],
            subtitle=kept["subtitle"],
            tiles=tuple((label, number) for label, number in kept["tiles"]),
            sections=tuple(_section(section) for section in kept["sections"]),
            foot=kept["foot"],
        )


def _section(kept: Mapping[str, Any]) -> Section:
    return Section(
        heading=kept["heading"],
        bars=tuple(
            Bar(bar["label"], tuple(Part(**part) for part in bar["parts"]), bar["says"], bar["beside"])
            for bar in kept["bars"]
        ),
        legend=tuple((label, fill) for label, fill in kept["legend"]),
        wholes=kept.get("wholes", False),
    )
