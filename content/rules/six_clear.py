"""六清: the six things that a branch is to know of whoever is away. (S2; D1, section 2.2)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol, get_args

Point = Literal["reason", "date", "industry", "address", "contact", "dues"]

# In the order in which they are asked for: why, since when, at what, where, by which number, dues.
POINTS: tuple[Point, ...] = get_args(Point)


class Known(Protocol):
    """As much of a file as the rule looks at."""

    @property
    def reason(self) -> str: ...
    @property
    def out_since(self) -> date | None: ...
    @property
    def employer(self) -> str: ...
    @property
    def job(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def dues_until(self) -> date | None: ...


def unclear(known: Known, has_a_door: bool) -> Sequence[Point]:
    """What is not known yet, first things first. A city alone is no address: no letter reaches it.

    `has_a_door`: whether some number or chat of theirs is written down and not known to be dead, and no
    number is written down that seems wrong.
    """
    told: dict[Point, object] = {
        "reason": known.reason,
        "date": known.out_since,
        "industry": known.employer or known.job,
        "address": known.address,
        "contact": has_a_door,
        "dues": known.dues_until,
    }
    return [point for point in POINTS if not told[point]]
