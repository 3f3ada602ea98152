"""Which column of a holiday table is which: by its header, in whatever order people have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from handlers.roster.cells import as_text
from handlers.roster.dates import DateUnclear, as_date

_Row = tuple[int, Sequence[object]]

# The first that fits: 调休上班日期 is no day off, and 结束日期 no beginning.
_CALLED: Mapping[str, re.Pattern[str]] = {
    "worked": re.compile(r"(?:调休|补班|上班).*(?:日|时间|安排)|补班|调休上班"),
    "until": re.compile(r"结束|截止|止|到|end|until"),
    "day": re.compile(r"日期|时间|日子|起|开始|date|day|start"),
    "kind": re.compile(r"类型|类别|性质|状态|放假或上班|放假/上班|种类|kind|type"),
    "name": re.compile(r"名称|节名|节日|假日|假期|节假日|name|holiday"),
}
_SEVERAL = re.compile(r"[、，,;；\s]+")


def laid_out(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Each row as day or days, name, kind; days that are worked instead become rows of their own.

    Without a header the columns stand as they are.
    """
    where: Mapping[str, int] | None = None
    for number, cells in rows:
        header = _header(cells) if where is None else None
        if header:
            where = header
        elif where is None or len([cell for cell in cells if as_text(cell)]) < 2:
            yield number, cells
        else:
            yield from ((number, row) for row in _rows_of(cells, where))


def _header(cells: Sequence[object]) -> Mapping[str, int] | None:
    texts = [as_text(cell).casefold() for cell in cells]
    if any(re.search(r"\d", text) for text in texts):
        return None
    where: dict[str, int] = {}
    for at, text in enumerate(texts):
        called = next((name for name, words in _CALLED.items() if words.search(text)), None)
        if called:
            where.setdefault(called, at)
    return where if "day" in where and "name" in where else None


def _rows_of(cells: Sequence[object], where: Mapping[str, int]) -> Iterator[list[object]]:
    def cell(name: str) -> object:
        at = where.get(name, len(cells))
        return cells[at] if at < len(cells) else ""

    name, kind = cell("name"), cell("kind")
    worked = _SEVERAL.split(as_text(cell("worked"))) if as_text(cell("worked")) else []
    if as_text(cell("day")) or not worked:
        yield [_from_to(cell("day"), cell("until")), name, kind]
    for day in filter(None, worked):
        yield [day, name, "上班"]


def _from_to(first: object, last: object) -> object:
    if not as_text(last):
        return first
    return f"{_written(first)}至{_written(last)}"


def _written(cell: object) -> str:
    """A day of a workbook as people write it; what is text stays as it is, to be told where it is unclear."""
    if isinstance(cell, str):
        return cell
    try:
        day = as_date(cell)
    except DateUnclear:
        return as_text(cell)
    return day.isoformat() if day else as_text(cell)
