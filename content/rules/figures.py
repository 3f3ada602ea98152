"""The figures of a unit: where its members are, what they work at, how long they have been out. (S32)

Source: D2, section 1, whose district counts 106 = 32 out of the province + 23 in another county or city of
it + 51 within its own city.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from content.rules.dates.reach import months_later
from content.rules.industries import Industry
from content.rules.places import Distance, distance_class, place_of

PlaceClass = Distance | Literal["unknown"]
Length = Literal["under_6_months", "6_to_12_months", "1_to_3_years", "over_3_years", "unknown"]

PLACE_CLASSES: tuple[PlaceClass, ...] = ("out_of_province", "other_county", "within_city", "unknown")
LENGTHS: tuple[Length, ...] = get_args(Length)


@dataclass(frozen=True, slots=True)
class Figures:
    """`managed` are all on the roster; places, trades and lengths count those who are out."""

    managed: int = 0
    out: int = 0
    at_home: int = 0
    places: Mapping[PlaceClass, int] = field(default_factory=dict)
    trades: Mapping[Industry, int] = field(default_factory=dict)
    lengths: Mapping[Length, int] = field(default_factory=dict)
    units_without_home: tuple[str, ...] = ()


def place_class(home: str, there: str) -> PlaceClass:
    """How far from home, by codes; unknown where either is not known, and for a place abroad."""
    if place_of(home) is None or place_of(there) is None:
        return "unknown"
    return distance_class(home, there)


def edges(today: date) -> Mapping[Length, date]:
    """By length the last day on which somebody may have left to have been out so long.

    Six months are the limit after which the relation is to be transferred. (D2, D5)
    """
    return {
        "over_3_years": months_later(today, -36),
        "1_to_3_years": months_later(today, -12),
        "6_to_12_months": months_later(today, -6),
    }
