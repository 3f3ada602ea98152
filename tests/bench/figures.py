"""One line of the table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is `value` divided by what stands in `beside`: it alone holds on another machine."""

    what: str
    value: float
    unit: str
    beside: str
    ratio: float
