"""The acts of all clauses made into one telling: joined, unsaid where denied, nothing told twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from content.act import Act

_MOST_ACTS = 4


def merged(acts: Iterable[Act]) -> tuple[Act, ...]:
    """One act an intent; a later clause fills in what the first left out."""
    merged: dict[str, Act] = {}
    for act in acts:
        merged[act.intent] = _filled(merged[act.intent], act) if act.intent in merged else act
    return tuple(merged.values())[:_MOST_ACTS]


def _filled(first: Act, later: Act) -> Act:
    if first.place or later.place:
        first, later = _unless_settled(first), _unless_settled(later)
    missing = {name: said for name, said in later._asdict().items() if not getattr(first, name)}
    return first._replace(**missing)


def _unless_settled(act: Act) -> Act:
    return act._replace(ambiguous="", options=()) if act.ambiguous == "place" else act


def told_once(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """What one clause seems to tell twice is told once."""
    kept = acts
    for rule in _RULES:
        kept = rule(kept)
    return kept


def _one_move(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """换到富士康 is a job, 搬到昆山 a home; 后天去嘉兴进厂 a departure and no new job."""
    told = {act.intent for act in acts}
    dropped: set[str] = set()
    if "depart" in told:
        dropped |= {"change_job"}
    if "return" in told:
        dropped |= {"change_address"}
    if "quiet" in told:
        dropped |= {"return"}
    return tuple(act for act in acts if act.intent not in dropped)


def _help_alone(acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """In trouble the rest of the message is the story of the trouble, unless it is a sign of life."""
    helps = tuple(act for act in acts if act.intent == "help")
    return tuple(act for act in acts if act.intent in ("help", "check_in", "quiet")) if helps else acts


_UNCHANGED = {
    "change_address": re.compile(r"(?:地址|住址|住处|住的地方)[^,。]{0,3}(?:没|不|未)(?:有)?[变换改搬]"),
    "change_job": re.compile(r"(?:工作|单位|厂)[^,。]{0,3}(?:没|不|未)(?:有)?[变换改]"),
    "change_phone": re.compile(r"(?:号码?|手机|电话)[^,。]{0,3}(?:没|不|未)(?:有)?[变换改]"),
}  # fmt: skip


def unless_denied(acts: tuple[Act, ...], said: str) -> tuple[Act, ...]:
    """换了个宿舍,地址没变: what the message itself denies is no change."""
    return tuple(
        act for act in acts if not (act.intent in _UNCHANGED and _UNCHANGED[act.intent].search(said))
    )


_RULES: tuple[Callable[[tuple[Act, ...]], tuple[Act, ...]], ...] = (_one_move, _help_alone)
