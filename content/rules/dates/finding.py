"""The day a text names, and the day until which something lasts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from re import Match

from content.rules.dates.dated import DATED
from content.rules.dates.english import english_spans
from content.rules.dates.lunar import LUNAR
from content.rules.dates.near import NEAR
from content.rules.dates.planned import PLANNED
from content.rules.dates.reach import Moment, Saying
from content.rules.dates.spans import after_end, is_after, spans

_SAYINGS = (*LUNAR, *DATED, *NEAR)
_MOST = 32  # days looked at in one message
_UNTIL = re.compile(r"(?:到|至|直到|截至|截止)$")
_BEGINS = re.compile(r"(?:开始|起|出发|[走去进出上下跑封]|动身)")
_PAST = re.compile(r"[^,。;!?去要]{0,6}?(?:[来到回走搬去]了?的|[来到回走搬]了)")


@dataclass(frozen=True, slots=True)
class Named:
    """A day, and where in the text it stands."""

    start: int
    end: int
    day: date


def find_date(text: str, as_of: date) -> date | None:
    """The first day named, counted from `as_of`; None where there is none, or only how long."""
    plain = unicodedata.normalize("NFKC", text)
    after = (Named(m.start(), m.end(), day) for m, day in spans(plain, as_of) if is_after(plain, m))
    named = _apart([*_named(plain, Moment(as_of)), *after])
    return named[0].day if named else None


def days_planned(plain: str, as_of: date) -> list[Named]:
    """Each day that a plan names, in lower case and half width. A month alone is no day of it."""
    moment = Moment(as_of)
    after = (
        Named(m.start(), after_end(plain, m), day) for m, day in spans(plain, as_of) if is_after(plain, m)
    )
    return _apart([*_named(plain, moment, (*LUNAR, *DATED, *NEAR, *PLANNED), only_days=True), *after])


def find_until(text: str, as_of: date) -> date | None:
    """The last day of what is announced: of a span (半年内), a month, or up to a day (到腊月二十八)."""
    plain = unicodedata.normalize("NFKC", text)
    days = _apart(_named(plain, Moment(as_of, ends=True)))
    for named in days:
        if _UNTIL.search(plain[max(0, named.start - 2) : named.start]):
            return named.day
    lengths = chain((day for _, day in islice(spans(plain, as_of), _MOST)), english_spans(plain, as_of))
    span = max(lengths, default=None)
    lasting = [n.day for n in days if not _BEGINS.match(plain, n.end) and n.day >= as_of]
    return span or (lasting[-1] if lasting else None)


def _named(
    text: str, moment: Moment, sayings: Sequence[Saying] = _SAYINGS, only_days: bool = False
) -> Iterator[Named]:
    for saying in sayings:
        for match in islice(saying.pattern.finditer(text), _MOST):
            if only_days and _is_a_month(match):
                continue
            told = replace(moment, past=bool(_PAST.match(text, match.end())))
            day = saying.day(match, told)
            if day:
                yield Named(match.start(), match.end(), day)


def _is_a_month(match: Match[str]) -> bool:
    told = [said for name, said in match.groupdict().items() if name in ("d", "edge")]
    return bool(told) and not any(told)


def _apart(named: Iterable[Named]) -> list[Named]:
    """Where two readings overlap the earlier and longer stands: 正月初八, not 月初."""
    apart: list[Named] = []
    for one in sorted(named, key=lambda n: (n.start, -n.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart
