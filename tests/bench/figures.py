"""One line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is `value` divided by what stands in `beside`: it alone holds on another machine.

    Wanted is a ratio of at least `least` or at most `most`, whichever is set.
    """

    what: str
    value: float
    unit: str
    beside: str
    ratio: float
    least: float = 0.0
    most: float = 0.0

    @property
    def verdict(self) -> str:
        """What was wanted of the ratio and what was seen, after a word that says which it is."""
        wanted = f"<= {self.most:.2f}" if self.most else f">= {self.least:.2f}"
        kept = self.ratio <= self.most if self.most else self.ratio >= self.least
        return f"{'ok' if kept else 'MISSED'}: wanted {wanted}, seen {self.ratio:.2f}"
