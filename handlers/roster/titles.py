"""The titles above a roster's header: they often name the branch, or the committee above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from handlers.roster.header import Header

_YEAR = re.compile(r"\d{4}年(?:度|\d{1,2}月(?:份|\d{1,2}日)?)?")
_COMMITTEE = r"党委|党工委|街道工委|党总支|总支部委员会|委员会"
_BRANCH = r"党支部委员会|支部委员会|党支部|支部"
_UNIT = re.compile(rf"[^\W\d_][^\W_]{{0,29}}?(?:(?P<branch>{_BRANCH})|(?P<committee>{_COMMITTEE}))")
_LABEL = re.compile(r"所在|所属|流出地|流入地|填报|报送|单位|名称")


def title_above(rows: Sequence[Sequence[str]], header: Header | None) -> str:
    """What stands in the rows above the header, a line each."""
    above = rows[: header.rows_above - 1] if header else []
    lines = [list(dict.fromkeys(cell for cell in row if cell)) for row in above]
    # A row of many cells is the upper half of the header, and 所在党支部 there names nobody.
    return "\n".join(" ".join(line) for line in lines if len(line) <= 2)


def branch_in(title: str) -> str:
    """The branch that a title names last: 柳湾镇党委柳湾村党支部 is the village's."""
    return ([name for name, kind in _units(title) if kind == "branch"] or [""])[-1]


def committee_in(title: str) -> str:
    return next((name for name, kind in _units(title) if kind == "committee"), "")


def _units(title: str) -> Iterator[tuple[str, str]]:
    for found in _UNIT.finditer(_YEAR.sub(" ", title)):
        if not _LABEL.match(found[0]):
            yield found[0], found.lastgroup or ""
