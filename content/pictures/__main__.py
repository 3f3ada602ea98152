"""Draws one sheet: its JSON in, PNG out: `python -m content.pictures phone < sheet.json > picture.png`."""

from __future__ import annotations

import sys
from typing import cast

from content.pictures.ink import png
from content.pictures.sheet import Paper, Sheet

if __name__ == "__main__":
    sheet = Sheet.from_json(sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(png(sheet, cast(Paper, sys.argv[1])))
