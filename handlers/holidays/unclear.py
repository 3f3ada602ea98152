"""What is wrong with a table of holidays, told by the line that it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.words.catalogue import N_, Tongue


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` is the number on the clerk's screen, 0 for the whole file; `about` fills the reason in."""

    row: int
    reason: str
    about: Mapping[str, object] = field(default_factory=dict)

    def told(self, t: Tongue) -> str:
        reason = t.say(self.reason, **self.about)
        return t.say("第 {row} 行：{reason}", row=self.row, reason=reason) if self.row else reason


class TableUnclear(Exception):
    """Nothing of it is taken: half a year would look like a whole one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


NO_SUCH_DAY = N_("没有“{written}”这一天，请核对。")
