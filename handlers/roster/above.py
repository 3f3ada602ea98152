"""What a row leaves to the rows above it: the branch in a line of its own, and 同上 for the same again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from handlers.roster.cells import as_text

_SAME_AGAIN = frozenset(("同上", "同前", "〃", "″", '"', "''", "〃〃", "同 上"))
_BRANCH_LINE = re.compile(r"(?:.{2,}支部(?:委员会)?)|(?P<village>.{2,}(?:村|社区|居委会))")
_ADORNED = re.compile(r"^\s*(?:第?[一二三四五六七八九十\d]+[、.．\s])\s*|\s*\([^)]*\)\s*$|[\s:]+$")


class Above:
    """Follows one sheet downwards. `branch` is the branch that the last line of its own named, if any."""

    def __init__(self, name_column: int) -> None:
        self._name_column = name_column
        self._last: Sequence[Any] = ()
        self.branch = ""

    def is_branch_line(self, cells: Sequence[Any]) -> bool:
        """Whether the row names the branch of those below it and nobody else; it is kept if so."""
        filled = [at for at, cell in enumerate(cells) if cell not in ("", None)]
        said = {as_text(cells[at]) for at in filled}
        if len(said) != 1:
            return False
        line = without_adornment(said.pop())
        found = _BRANCH_LINE.fullmatch(line)
        if not found or (found["village"] and filled == [self._name_column]):
            return False  # a name alone in its column is a person, and 赵新村 is one
        self.branch = line
        return True

    def filled_in(self, cells: Sequence[Any]) -> Sequence[Any]:
        """The row with what 同上 stands for; the name is everybody's own."""
        if not _SAME_AGAIN.isdisjoint(cell for cell in cells if isinstance(cell, str)):
            cells = [self._meant(at, cell) for at, cell in enumerate(cells)]
        self._last = cells
        return cells

    def _meant(self, at: int, cell: Any) -> Any:
        again = isinstance(cell, str) and cell in _SAME_AGAIN and at != self._name_column
        return self._last[at] if again and at < len(self._last) else cell


def without_adornment(name: str) -> str:
    """A branch's name as a line or a sheet gives it, without its number and how many are in it."""
    return _ADORNED.sub("", unicodedata.normalize("NFKC", name)).strip()
