"""Draws an SVG as PNG with Chinese type of its own: no server has to have a font.

The typeface is of one wheel, Noto Sans CJK (OFL), 32 MB that the disk's cache keeps at hand. A picture for
a phone takes 0.1 s on a small machine and an A4 page 0.9 s, and the library holds the interpreter all that
while, in a thread too: so a running program has it drawn by a process of its own (`bot/drawing.py`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
import resvg_py

from content.pictures.layout import svg
from content.pictures.sheet import Paper, Sheet


class TypefaceMissing(Exception):
    """The wheel with the Chinese type is not whole: install requirements/run.txt again."""


def png(sheet: Sheet, paper: Paper = "phone") -> bytes:
    """The picture's bytes: 720 pixels wide for a phone, A4 at 300 dots an inch for a printer."""
    # Simplified forms: the file also holds the Japanese, Korean and traditional ones of the same signs.
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg(sheet, paper),
            font_files=[_typeface()],
            skip_system_fonts=True,
            font_family="Noto Sans CJK SC",
            languages=["zh-Hans", "zh", "en"],
        )
    )


@cache
def _typeface() -> str:
    found = sorted(Path(manimgx_fonts_cjk.__file__).parent.glob("*.ttc"))
    if not found:
        raise TypefaceMissing
    return str(found[0])
