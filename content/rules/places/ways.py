"""Every way a division is called, and how far each may be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from content.rules.places.divisions import Division, divisions
from content.rules.places.ordinary import ABROAD, NEEDS_PARENT, NEEDS_PREPOSITION, NEVER_BARE, NO_PLACES
from content.rules.places.renamed import OTHER_NAMES


class Trust(Enum):
    """How much must stand around a name before it is taken for a place."""

    FULL = "with its 市 or 区: anywhere"
    CITY = "a city or province without it: anywhere but in a person's name"
    COUNTY = "a county without it: at the start of a word"
    PREPOSITION = "right behind 在, 到, 去, or a parent"
    PARENT = "right behind its parent only"
    ABROAD = "a country: whatever is named behind it is not ours"
    NOTHING = "no place at all, though it sounds like one"


@dataclass(frozen=True, slots=True)
class Way:
    name: str
    codes: tuple[str, ...]
    trust: Trust


@cache
def ways_by_head() -> Mapping[str, tuple[Way, ...]]:
    """All ways to call a place by their first two characters, the longest first."""
    heads: dict[str, list[Way]] = defaultdict(list)
    for way in _ways().values():
        heads[way.name[:2]].append(way)
    return {head: tuple(sorted(ways, key=lambda w: -len(w.name))) for head, ways in heads.items()}


def _ways() -> dict[str, Way]:
    ways = {name: Way(name, codes, _trust(name, codes)) for name, codes in _owners().items()}
    ways |= {name: Way(name, (), Trust.ABROAD) for name in ABROAD}
    return ways | {name: Way(name, (), Trust.NOTHING) for name in NO_PLACES}


def _owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for division in divisions().values():
        owners[division.own][division.place.code] = None
        if division.bare not in NEVER_BARE:
            owners[division.bare][division.place.code] = None
    for name, code in OTHER_NAMES.items():
        owners[name][code] = None
    return {name: tuple(codes) for name, codes in owners.items() if len(name) > 1}


def _trust(name: str, codes: tuple[str, ...]) -> Trust:
    owners = [divisions()[code] for code in codes]
    if name in NEEDS_PARENT or name in NEVER_BARE:
        return Trust.PARENT
    if name in NEEDS_PREPOSITION:
        return Trust.PREPOSITION
    if any(_is_full(name, owner) for owner in owners):
        return Trust.FULL if len(name) > 2 else Trust.COUNTY
    return Trust.COUNTY if all(o.level == "county" for o in owners) else Trust.CITY


def _is_full(name: str, owner: Division) -> bool:
    return name == owner.own or (name != owner.bare and name[-1] in "区县市州")
