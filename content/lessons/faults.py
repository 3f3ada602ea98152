"""What is wrong with a lesson as it is written: where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.words.catalogue import N_, Tongue, tongue

AT_A_LINE = N_("{name}第{line}行：{fault}。")
OF_THE_FILE = N_("{name}：{fault}。")


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry that cannot stay as it is; `line` 0 and no `entry` mean the file as a whole."""

    name: str
    line: int
    entry: str
    advice: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def told(self, t: Tongue) -> str:
        """What a writer reads: stop-fraud.md第12行：title 没有写，请补上。"""
        advice = t.say(self.advice, **self.fields)
        said = f"{self.entry} {advice}" if self.entry else advice
        if not self.line:
            return t.say(OF_THE_FILE, name=self.name, fault=said)
        return t.say(AT_A_LINE, name=self.name, line=self.line, fault=said)


class LessonUnclear(ValueError):
    """A lesson that cannot be sent as it is written: all its faults, from the top of the file down."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("\n".join(fault.told(tongue("zh")) for fault in self.faults))
