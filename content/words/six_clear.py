"""The six things in words, short enough to stand one behind the other. (S2)"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.rules.six_clear import Point
from content.words.catalogue import N_, Tongue

POINTS: Mapping[Point, str] = {
    "reason": N_("外出原因"),
    "date": N_("外出时间"),
    "industry": N_("行业"),
    "address": N_("详细住址"),
    "contact": N_("联系方式"),
    "dues": N_("党费"),
}


def named(t: Tongue, points: Sequence[Point]) -> str:
    """外出原因、党费: what is missing, first things first."""
    return t.say("、").join(t.say(POINTS[point]) for point in points)
