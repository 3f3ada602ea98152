"""The one place a text means: names next to each other settle one another, the rest is asked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from content.rules.places.divisions import Place, divisions
from content.rules.places.mentions import Mention, mentions
from content.rules.places.ordinary import ALWAYS_ASK
from content.rules.places.ways import Trust

# Names in one breath belong together (江苏 苏州昆山玉山镇…); a verb or a comma ends the breath.
_BREATH = 12
_ENDS_BREATH = re.compile(r"[,。;;!?:、\n到去在从往搬离回来转调和跟与或不]")
_LEFT_BEHIND = re.compile(
    r"(?:从|自|由|离开|不在|没在|没去|不去|不是|不到|别去|(?:原来|原先|以前|之前|本来|过去|去年|前年)[是在]|原在|"
    r"(?:老家|户口|家乡|籍贯|祖籍|原籍)[在是::]?|出生[于在])了?$"
)
_BOUND_FOR = re.compile(
    r"(?:到了?|去了?|往|搬[到来去在]?|至|赴|来了?|改成|改为|换成|换到|转到|住在?|现在在|人在)$"
)
_MOST_OPTIONS = 8


@dataclass(frozen=True, slots=True)
class Several:
    """More than one place may be meant, and nothing else in the text settles which: ask."""

    options: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Breath:
    start: int
    codes: tuple[str, ...]


def find_place(text: str) -> Place | Several | None:
    """The most exact division named anywhere in the text, `Several` where it stays open, else None.

    A place somebody has left (从上海…, 不在苏州…) is not the answer; a country abroad is none.
    """
    plain = unicodedata.normalize("NFKC", text)
    breaths = [b for b in _breaths(plain, mentions(plain)) if not _was_left(plain, b)]
    return _answer(plain, _most_exact(_settled(breaths)))


def _breaths(text: str, found: list[Mention]) -> list[_Breath]:
    breaths: list[_Breath] = []
    open_at: int | None = None
    codes: tuple[str, ...] = ()
    end = 0
    for mention in found:
        joined = (
            _joined(codes, mention) if open_at is not None and _one_breath(text, end, mention.start) else None
        )
        if joined is None and open_at is not None:
            breaths.append(_Breath(open_at, codes))
        if joined is None:
            open_at = mention.start
        codes, end = (mention.codes if joined is None else joined), mention.end
    return [*breaths, _Breath(open_at, codes)] if open_at is not None else []


def _one_breath(text: str, end: int, start: int) -> bool:
    return start - end <= _BREATH and not _ENDS_BREATH.search(text, end, start)


def _joined(codes: tuple[str, ...], mention: Mention) -> tuple[str, ...] | None:
    """What both names mean together, or None where a new place begins."""
    below = tuple(c for c in mention.codes if set(divisions()[c].parents) & set(codes))
    if below:
        return below
    above = tuple(c for c in codes if c in mention.codes or set(divisions()[c].parents) & set(mention.codes))
    if above:
        return above
    # 东莞长安, 深圳平湖: a town or street there that shares its name with a county elsewhere.
    return codes if mention.trust in (Trust.COUNTY, Trust.PARENT, Trust.PREPOSITION) else None


def _was_left(text: str, breath: _Breath) -> bool:
    return not breath.codes or was_left(text, breath.start)


def was_left(text: str, start: int) -> bool:
    """Whether the place named at `start` is one that somebody came from, or never went to."""
    return bool(_LEFT_BEHIND.search(text[max(0, start - 6) : start]))


def _settled(breaths: list[_Breath]) -> list[_Breath]:
    """Each breath with the candidates that another breath's city or province leaves standing."""
    named = {code for breath in breaths for code in breath.codes if len(breath.codes) == 1}
    return [_Breath(b.start, _by_rank(_backed(b.codes, named))) for b in breaths]


def _backed(codes: tuple[str, ...], named: set[str]) -> tuple[str, ...]:
    if len(codes) == 1:
        return codes
    return tuple(c for c in codes if named & set(divisions()[c].parents)) or codes


def _by_rank(codes: tuple[str, ...]) -> tuple[str, ...]:
    """A province's or a city's name beats counties elsewhere (海南, 西安, 中山)."""
    if len(codes) == 1 or frozenset(codes) in ALWAYS_ASK:
        return codes
    for level in ("province", "city"):
        ranked = tuple(c for c in codes if divisions()[c].level == level)
        if ranked:
            return ranked
    return codes


def _most_exact(breaths: list[_Breath]) -> list[_Breath]:
    above = {parent for breath in breaths for code in breath.codes for parent in divisions()[code].parents}
    exact = {b.codes: b for b in breaths if not set(b.codes) <= above}
    return list(exact.values())


def _answer(text: str, breaths: list[_Breath]) -> Place | Several | None:
    if len(breaths) > 1:
        bound = [b for b in breaths if _BOUND_FOR.search(text[max(0, b.start - 4) : b.start])]
        breaths = bound if len(bound) == 1 else breaths
    places = tuple(divisions()[code].place for breath in breaths for code in breath.codes)
    if len(places) > 1:
        return Several(places[:_MOST_OPTIONS])
    return places[0] if places else None
