"""Draws an SVG as PNG with Chinese type of its own: no server has to have a font.

The typeface is of one wheel, Noto Sans CJK (OFL). Its 32 MB are read anew for each picture, 20 ms on a
small machine when they are in the disk's cache and 70 ms when they are not; so it is drawn where a picture
is sent, in a thread, and never while a turn holds the database.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import manimgx_fonts_cjk
import resvg_py

from content.pictures.layout import Paper, svg
from content.pictures.sheet import Sheet


class TypefaceMissing(Exception):
    """The wheel with the Chinese type is not whole: install requirements/run.txt again."""


def png(sheet: Sheet, paper: Paper = "phone") -> bytes:
    """The picture's bytes: 1,080 pixels wide for a phone, A4 at 300 dots an inch for a printer."""
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
