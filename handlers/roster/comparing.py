"""What a row would change in a file. What the file says and the row leaves empty, stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from content.rules.places import ABROAD, Place, Several, abroad_in, find_place, place_named
from handlers.roster.doubts import BACK_BEFORE_OUT, FAR_AHEAD, PLACE_SEVERAL, PLACE_UNKNOWN, Doubts
from handlers.roster.row import RosterRow
from storage.files import Member

Said = dict[str, str | date]
_Value = TypeVar("_Value")

_TEXTS = ("employer", "job", "reason", "family_phone")
_A_YEAR = timedelta(days=366)
_FACTS = ("out_since", "dues_until", "joined_party_on")


@dataclass(frozen=True, slots=True)
class Difference:
    """`field` changes from `old`, empty where nothing was known, to `new`."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Writing:
    """What is to be written into a file: sealed texts, and plain facts."""

    texts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str | date] = field(default_factory=dict)


def writing(row: RosterRow, file: Member | None, today: date, doubts: Doubts) -> Writing:
    """The row's fields that the file does not say yet."""
    row = _without_slips(row, today, doubts)
    texts = {name: getattr(row, name) for name in _TEXTS if getattr(row, name)}
    facts: Said = {name: getattr(row, name) for name in _FACTS if getattr(row, name)}
    address, place = _place(row, file, doubts)
    texts |= address
    facts |= place | _whereabouts(row, file, today, doubts)
    return Writing(_news(texts, file), _news(facts, file))


def differences(told: Writing, file: Member) -> tuple[Difference, ...]:
    """As the clerk reads it: the place goes without saying beside the address."""
    new = {**told.texts, **told.facts}
    shown = [name for name in new if name != "place_code" or "address" not in new]
    return tuple(Difference(name, _shown(getattr(file, name)), _shown(new[name])) for name in shown)


def _place(row: RosterRow, file: Member | None, doubts: Doubts) -> tuple[dict[str, str], dict[str, str]]:
    """The address words and, where they are in this country, the code of the place.

    Words that name none leave it open: kept as an address, 外地 would be asked about by nobody any more.
    """
    words = row.place_text
    if not words or (file and file.address == words and file.place_code):
        return {}, {}
    found = _found(words)
    if isinstance(found, Place):
        return {"address": words}, {"place_code": found.code}
    if abroad_in(words):
        return {"address": words}, {"place_code": ABROAD}
    if isinstance(found, Several):
        options = "、".join(place.short for place in found.options[:4])
        doubts.note(row, "place", words, PLACE_SEVERAL, options=options)
    else:
        doubts.note(row, "place", words, PLACE_UNKNOWN)
    return {}, {}


@lru_cache(maxsize=4096)  # half a township works in the same five towns
def _found(words: str) -> Place | Several | None:
    return find_place(words) or place_named(words)


def _without_slips(row: RosterRow, today: date, doubts: Doubts) -> RosterRow:
    """2062 for 2026: whoever left then would be nobody's for decades."""
    return replace(
        row,
        out_since=_near(row, "out_since", row.out_since, today, doubts),
        joined_party_on=_near(row, "joined_party_on", row.joined_party_on, today, doubts),
    )


def _near(row: RosterRow, field: str, day: date | None, today: date, doubts: Doubts) -> date | None:
    if day is None or day <= today + _A_YEAR:
        return day
    doubts.note(row, field, day.isoformat(), FAR_AHEAD)
    return None


def _whereabouts(row: RosterRow, file: Member | None, today: date, doubts: Doubts) -> Said:
    """Home once the day of return has come; out again with a later departure than the one known."""
    left = row.out_since or (file.out_since if file else None)
    if row.back_on and row.out_since and row.back_on < row.out_since:
        doubts.note(row, "back_on", row.back_on.isoformat(), BACK_BEFORE_OUT)
        return {}
    if row.back_on and row.back_on <= today and (left is None or left <= row.back_on):
        return {"whereabouts": "home"}
    known = file.out_since if file else None
    if row.out_since and row.out_since <= today and (known is None or row.out_since > known):
        return {"whereabouts": "out"}
    return {}


def _news(said: dict[str, _Value], file: Member | None) -> dict[str, _Value]:
    return {name: value for name, value in said.items() if file is None or getattr(file, name) != value}


def _shown(value: object) -> str:
    return "" if value is None else str(value)
