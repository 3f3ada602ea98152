"""Where everything on a sheet stands, as SVG: large type for a phone 360 points wide, or one A4 page."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from content.pictures.sheet import Paper, Section, Sheet

WIDTH = 360
_MARGIN, _BAR_AT, _BAR_ROOM = 18, 126, 146
_ROW, _TALL_ROW, _HEADING, _LEGEND, _HEAD, _TILES, _FOOT = 27, 50, 38, 24, 74, 66, 34
_LEGEND_STEP = 18
_LABEL, _SMALLEST_LABEL = 15, 12
_TITLE, _SMALLEST_TITLE, _TITLE_ROOM, _TITLE_LINE = 22, 15, 310, 24


def svg(sheet: Sheet, paper: Paper) -> str:
    """The sheet as an SVG text of two pixels a point, or of an A4 page at 300 dots an inch.

    A chat makes a photo smaller than 1,280 pixels anyway, so more would be drawn and paid for in vain."""
    title = _title(sheet.title)
    tops, top = [], _HEAD + _TITLE_LINE * (len(title) - 1) + (_TILES if sheet.tiles else 0)
    for section in sheet.sections:
        tops.append(top)
        top += _height(section)
    return _template().render(
        sheet=sheet,
        title=title,
        title_line=_TITLE_LINE,
        placed=list(zip(sheet.sections, tops, strict=True)),
        paper=paper,
        width=WIDTH,
        height=top + _FOOT,
        margin=_MARGIN,
        bar_at=_BAR_AT,
        row=_row,
        is_tall=_is_tall,
        heading=_HEADING,
        legend=_LEGEND,
        fitted=fitted,
        tile=_tile(sheet),
        number_size=min((fitted(n, 34, _tile(sheet) - 14) for _, n in sheet.tiles), default=0),
        tile_label_size=min((fitted(label, 13.5, _tile(sheet) - 6) for label, _ in sheet.tiles), default=0),
        title_size=min(fitted(line, _TITLE, _TITLE_ROOM) for line in title),
        capital=_capital,
        widths=_widths,
        legend_at=_legend_at,
    )


def fitted(text: str, size: float, room: float) -> float:
    """The type size, made smaller where the text would run out of its room."""
    return round(min(size, room / max(_ems(text), 0.1)), 2)


def _title(text: str) -> list[str]:
    """On two lines where one would be too small for a phone: the names of some units are long."""
    if fitted(text, _TITLE, _TITLE_ROOM) >= _SMALLEST_TITLE:
        return [text]
    half = _ems(text) / 2
    cut = next((n for n in range(1, len(text)) if _ems(text[:n]) >= half), len(text))
    space = text.find(" ", cut)
    cut = space if 0 < space < cut + 12 else cut
    return [text[:cut].strip(), text[cut:].strip()]


def _tile(sheet: Sheet) -> float:
    return (WIDTH - 2 * _MARGIN) / (len(sheet.tiles) or 1)


def _capital(text: str) -> str:
    """Words that also stand amid a sentence begin a label here: home, answered."""
    return text[:1].upper() + text[1:]


def _ems(text: str) -> float:
    """How wide a text is in its own type size, a little too wide rather than too narrow."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.6 for sign in text)


def _height(section: Section) -> int:
    return _HEADING + (_LEGEND if section.legend else 0) + _row(section) * len(section.bars)


def _row(section: Section) -> int:
    return _TALL_ROW if _is_tall(section) else _ROW


def _is_tall(section: Section) -> bool:
    """Whether labels stand above their bars: beside them they would be too small for a phone."""
    room = _BAR_AT - _MARGIN - 6
    return any(fitted(bar.label, _LABEL, room) < _SMALLEST_LABEL for bar in section.bars)


def _widths(section: Section, bar: int) -> list[float]:
    """How long each part of a bar is. What is there at all is seen, however small."""
    longest = section.bars[bar].n if section.wholes else max(one.n for one in section.bars)
    parts, room = section.bars[bar].parts, _BAR_ROOM + (_BAR_AT - _MARGIN if _is_tall(section) else 0)
    return [round(max(part.n * room / (longest or 1), 2.5 if part.n else 0), 2) for part in parts]


def _legend_at(section: Section) -> list[float]:
    """Where each entry of the legend begins."""
    at, places = float(_MARGIN), []
    for label, _ in section.legend:
        places.append(at)
        at += _LEGEND_STEP + _ems(label) * 13 + 10
    return places


@cache
def _template() -> Template:
    shelf = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return shelf.get_template("sheet.svg")
