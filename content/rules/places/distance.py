"""How far from home a member lives, in the three classes the yearly figures ask for."""

from __future__ import annotations

from typing import Literal

Distance = Literal["out_of_province", "other_county", "within_city"]

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
# 仙桃, 五指山, 石河子 and their like answer to the province itself: no city holds two of them.
_DIRECT_COUNTIES = frozenset({"4190", "4290", "4690", "6590"})


def distance_class(home: str, there: str) -> Distance:
    """Out of the province, elsewhere in the province, or within the same city (source: D2, section 1)."""
    if home[:2] != there[:2]:
        return "out_of_province"
    return "within_city" if _city(home) == _city(there) else "other_county"


def is_within(code: str, division: str) -> bool:
    """Whether the place of `code` is `division` or lies in it; 310100 means Shanghai as 310000 does."""
    return code.startswith(prefix_of(division))


def _city(code: str) -> str:
    if code[:2] in _MUNICIPALITIES:
        return code[:2]
    return code if code[:4] in _DIRECT_COUNTIES else code[:4]


def prefix_of(division: str) -> str:
    """What the codes of all places in a division begin with: 31 for Shanghai, 3205 for Suzhou."""
    if division.endswith("0000") or (division[:2] in _MUNICIPALITIES and division.endswith("00")):
        return division[:2]
    return division[:4] if division.endswith("00") else division
