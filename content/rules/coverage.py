"""How far a lesson has reached: the figures by which it is closed. (S5, S6)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `all` whom a lesson was for: to how many it was sent, and what became of it.

    `delivered`: a receipt came, or a chat took it (a chat says no more), or it was answered. `told`: nobody
    answered, but their liaison told them by voice. `failed` are those whom no door reached, or who stopped
    lessons: of them `handed` are with a liaison, who has yet to call, and `not_told` were called in vain.
    `accounted` have it, by whatever way.
    """

    all: int = 0
    sent: int = 0
    delivered: int = 0
    answered: int = 0
    right: int = 0
    failed: int = 0
    handed: int = 0
    told: int = 0
    not_told: int = 0
    accounted: int = 0

    @property
    def not_yet(self) -> int:
        """Those it was or will be sent to, and who have not answered."""
        return self.all - self.answered - self.told - self.failed

    @property
    def missing(self) -> int:
        """Of whom nobody can say yet that they have it."""
        return self.all - self.accounted


# A branch or a lesson by its name, and how far it has come.
Row = tuple[str, Coverage]


def least_answered_first(rows: Sequence[Row]) -> list[Row]:
    """Where most is still to do stands on top."""
    return sorted(rows, key=lambda row: (row[1].answered / row[1].all if row[1].all else 1.0, -row[1].all))


def together(rows: Sequence[Row]) -> Coverage:
    each = [coverage for _, coverage in rows]
    return Coverage(*(sum(getattr(one, figure.name) for one in each) for figure in fields(Coverage)))
