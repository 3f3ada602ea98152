"""The fields of one row, each taken out of its cell; what was not understood is kept as a doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from content.rules.phones import takes_sms
from content.words.catalogue import N_
from handlers.roster.cells import as_text, phones_in, without
from handlers.roster.dates import DateUnclear
from handlers.roster.placing import Columns

NOT_A_PHONE = N_("电话号码不对，请核对。")
SEVERAL_PHONES = N_("一格里有几个号码，只取了第一个。")
WHOSE_PHONE = N_(
    "这一栏紧跟着联系人，分不清是谁的电话，没有登记。请把表头改成“党员电话”或“联系人电话”再导入一次。"
)
TOO_LONG = N_("字数太多，只留了前200个字。")
LONGEST = 200
_NONE = ("无", "没有", "暂无")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A cell that was filled in and not understood: its field is left empty, or cut as the reason says."""

    field: str
    value: str
    reason: str


class Fields:
    """Takes one row's fields out of its cells, and keeps each doubt on the way."""

    def __init__(self, cells: Sequence[Any], columns: Columns) -> None:
        self._cells = cells
        self._columns = columns
        self.texts = [as_text(cell) for cell in cells]
        self.unclear: list[Unclear] = []

    def cell(self, field: str) -> Any:
        at, *_ = self._columns.get(field, (len(self._cells),))
        return self._cells[at] if at < len(self._cells) else ""

    def written(self, field: str) -> str:
        """The cell's text; of several columns all together, each once: 浙江省 杭州市 余杭区. 无 is none."""
        together = ""
        for at in self._columns.get(field, ()):
            part = self.texts[at] if at < len(self.texts) else ""
            together = part if part.startswith(together) else together + part
        return "" if together in _NONE else together

    def text(self, field: str) -> str:
        text = self.written(field)
        if len(text) > LONGEST:
            self._doubt(field, TOO_LONG)
        return text[:LONGEST]

    def phone(self, field: str) -> str:
        numbers = phones_in(self.written(field))
        if self.written(field) and not numbers:
            self._doubt(field, NOT_A_PHONE)
        mobiles = [one for one in numbers if takes_sms(one[1])]
        if len({e164 for _, e164 in mobiles or numbers}) > 1:
            self._doubt(field, SEVERAL_PHONES)
        return (mobiles or numbers)[0][1] if numbers else ""

    def nobodys_phone(self) -> None:
        """A number in a column that may be the member's or the liaison's is nobody's until the clerk says."""
        if self.written("whose_phone"):
            self.unclear.append(Unclear("phone", self.written("whose_phone")[:LONGEST], WHOSE_PHONE))

    def name_and_phone(self, field: str) -> tuple[str, str]:
        """A name, and the number that stands beside it in the same cell."""
        text = self.text(field)
        numbers = phones_in(text)
        return without(text, (raw for raw, _ in numbers)), numbers[0][1] if numbers else ""

    def day(self, field: str, read: Callable[[object], date | None]) -> date | None:
        try:
            return read(self.cell(field)) if self.written(field) else None
        except DateUnclear as doubt:
            self._doubt(field, str(doubt))
            return None

    def _doubt(self, field: str, reason: str) -> None:
        self.unclear.append(Unclear(field, self.written(field)[:LONGEST], reason))
