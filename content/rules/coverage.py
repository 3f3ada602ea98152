"""How far a lesson has reached: the figures by which it is closed. (S5, S6)"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of `all` whom a lesson was for: to how many it was sent, and what became of it.

    `delivered`: a receipt came, or a chat took it (a chat says no more), or it was answered. `failed` are
    those whom no door reached, or who stopped lessons: they are to be told by voice.
    """

    all: int = 0
    sent: int = 0
    delivered: int = 0
    answered: int = 0
    right: int = 0
    failed: int = 0

    @property
    def not_yet(self) -> int:
        """Those it was or will be sent to, and who have not answered."""
        return self.all - self.answered - self.failed
