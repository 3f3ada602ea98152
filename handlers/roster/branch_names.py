"""When two names of a branch are one, when they are one but for a slip, and when they are neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from storage.units import Unit

# Signs by which neighbours are told apart: 上塘村 and 下塘村 are two villages and no slip.
_TELL_APART = set("一二三四五六七八九十0123456789上下东西南北中前后左右内外大小新老")


def one_sign_apart(written: str, known: str) -> bool:
    """A sign wrong, too many or missing."""
    pairs = ((plain(written), plain(known)), (key_of(written), key_of(known)))
    return any(_is_a_slip(one, other) for one, other in pairs)


def _is_a_slip(one: str, other: str) -> bool:
    same = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    at = same[0].size if same[0].a == same[0].b == 0 else 0
    longer = max(len(one), len(other))
    if longer < 3 or longer - sum(block.size for block in same) != 1:
        return False
    return not {*one[at : at + 1], *other[at : at + 1]} <= _TELL_APART


def named_so(units: Iterable[Unit], name: str) -> list[Unit]:
    """Those that bear the name as it is written, else those that it is short or long for."""
    every = list(units)
    exact = [unit for unit in every if unit.name == name]
    return exact or [unit for unit in every if key_of(unit.name) == key_of(name)]


def key_of(name: str) -> str:
    """柳湾村, 柳湾村支部 and 中共柳湾村支部委员会 are one branch under three names."""
    return re.sub(r"(?<=..)(?<!总)党?支部(?:委员会)?$", "", plain(name))


def plain(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).removeprefix("中共")
