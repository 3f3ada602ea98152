"""The day a text names, and the day until which something lasts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice

from content.rules.dates.dated import DATED
from content.rules.dates.english import english_spans
from content.rules.dates.lunar import LUNAR
from content.rules.dates.near import NEAR
from content.rules.dates.reach import Moment
from content.rules.dates.spans import is_after, spans

_MOST = 32  # days looked at in one message
_UNTIL = re.compile(r"(?:到|至|直到|截至|截止)$")
_BEGINS = re.compile(r"(?:开始|起|出发|[走去进出上下跑封]|动身)")
_PAST = re.compile(r"[^,。;!?去要]{0,6}?(?:[来到回走搬去]了?的|[来到回走搬]了)")


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    day: date


def find_date(text: str, as_of: date) -> date | None:
    """The first day named, counted from `as_of`; None where there is none, or only how long."""
    plain = unicodedata.normalize("NFKC", text)
    after = (_Named(m.start(), m.end(), day) for m, day in spans(plain, as_of) if is_after(plain, m))
    named = _apart([*_named(plain, Moment(as_of)), *after])
    return named[0].day if named else None


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


def _named(text: str, moment: Moment) -> Iterator[_Named]:
    for saying in (*LUNAR, *DATED, *NEAR):
        for match in islice(saying.pattern.finditer(text), _MOST):
            told = replace(moment, past=bool(_PAST.match(text, match.end())))
            day = saying.day(match, told)
            if day:
                yield _Named(match.start(), match.end(), day)


def _apart(named: Iterable[_Named]) -> list[_Named]:
    """Where two readings overlap the earlier and longer stands: 正月初八, not 月初."""
    apart: list[_Named] = []
    for one in sorted(named, key=lambda n: (n.start, -n.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart
