"""How a place and the words behind it are read back: the full name once, then what says more."""

from __future__ import annotations

from content.rules.places import ABROAD, place_of
from content.rules.places.divisions import divisions
from content.words.catalogue import Tongue


def spelled(place_code: str, words: str) -> str:
    """江苏省苏州市昆山市 and 昆山玉山镇5号 give 江苏省苏州市昆山市玉山镇5号; empty where nothing is known."""
    place = place_of(place_code)
    if place is None:
        return words
    return f"{place.name}{_behind(place.code, words)}"


def town(t: Tongue, place_code: str) -> str:
    """The town without the street, as others may read it: 苏州昆山, 境外; empty where none is known."""
    if place_code == ABROAD:
        return t.say("境外")
    place = place_of(place_code)
    return place.short if place else ""


def _behind(code: str, words: str) -> str:
    """What is left of the words when the names of the place itself are taken off their front."""
    rest, known = words, divisions()
    for division in (*(known[parent] for parent in known[code].parents), known[code]):
        rest = rest.removeprefix(" ")
        name = next((name for name in (division.own, division.bare) if rest.startswith(name)), "")
        rest = rest.removeprefix(name)
    return rest.strip()
