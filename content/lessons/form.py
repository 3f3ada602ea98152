"""The sheet a lesson is written on, and what each entry has to look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from content.lessons.faults import Fault, LessonUnclear
from content.lessons.head import head_and_below, twice_in_the_head
from content.lessons.measure import CHINESE, parts_as_sent
from content.lessons.paper import text_of
from content.words.catalogue import N_

# Each part of an SMS is paid for by the branch, and a fourth is read by nobody. English takes twice the
# signs of Chinese, and few read it: it may have twice the parts.
SMS_PARTS = {"sms": 3, "sms_en": 6}
BODY = range(200, 501)
OPTIONS = range(2, 5)
# 没答对，正确的是B。 goes before it and the signature before that: one SMS, and two in English.
EXPLANATION = {"explanation": 50, "explanation_en": 98}
SOURCE = ("name", "number", "body", "where")

MISSING = N_("没有写，请补上")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One lesson as written. Every reader gives the entry in its form, or notes a fault and gives a blank.

    So a writer reads all that is to be done at once; `finish` refuses a sheet with faults.
    """

    name: str
    lines: Sequence[str]
    entries: Mapping[str, Any]
    below: str
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, written: Path | str) -> Sheet:
        """The sheet in a file or a text. Raises LessonUnclear where it cannot be read at all."""
        name = written.name if isinstance(written, Path) else ""
        text = text_of(written)
        entries, below = head_and_below(name, text)
        sheet = cls(name, text.splitlines(), entries, below)
        for entry, line in twice_in_the_head(sheet.lines).items():
            sheet.faults.append(Fault(name, line, entry, N_("写了两次。请只留一次")))
        return sheet

    def finish(self) -> None:
        """Raises LessonUnclear with every fault that was noted."""
        if self.faults:
            raise LessonUnclear(self.faults)

    def wrong(self, entry: str, advice: str, **fields: object) -> None:
        at = next((n for n, line in enumerate(self.lines, 1) if line.startswith(entry + ":")), 1)
        self.faults.append(Fault(self.name, at, entry, advice, fields))

    def is_sound(self, *entries: str) -> bool:
        """No fault was noted in any of these."""
        return not any(fault.entry in entries for fault in self.faults)

    def only(self, known: Sequence[str]) -> None:
        """A slip in a name would leave the entry out without a word: `trade` would reach everybody."""
        for entry in self.entries:
            if entry not in known:
                self.wrong(str(entry), N_("不认识这一项。请删掉，或核对 content/lessons/README.md 里的写法"))

    def text(self, entry: str) -> str:
        written = self.entries.get(entry) or ""
        if not isinstance(written, str):
            self.wrong(entry, N_("要写成一句话，不是几项"))
            return ""
        if not written.strip():
            self.wrong(entry, MISSING)
        return written.strip()

    def slug(self) -> str:
        slug = self.text("slug")
        if slug and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            self.wrong("slug", N_("只用小写字母、数字和短横线"))
        elif slug and self.name and Path(self.name).stem != slug:
            self.wrong("slug", N_("要与文件名一样：{name}"), name=Path(self.name).stem)
        elif self.name and Path(self.name).suffix != ".md":
            self.faults.append(Fault(self.name, 0, "", N_("文件名要以 .md 结尾，不然程序找不到它")))
        return slug

    def one_of(self, entry: str, allowed: Sequence[str]) -> str:
        text = self.text(entry)
        if text and text not in allowed:
            self.wrong(entry, N_("要写其中一个：{allowed}"), allowed="、".join(allowed))
        return text

    def date(self, entry: str) -> date:
        try:
            return datetime.strptime(self._bare(entry), "%Y-%m-%d").date()  # noqa: DTZ007, a day has no zone
        except ValueError:
            self.wrong(entry, N_("要写成 2026-11-22 这样"))
            return date.min

    def number(self, entry: str, most: int) -> int:
        """From 1 to `most`; where that is 0 it is not known yet, and any number will do."""
        written = self._bare(entry)
        if not re.fullmatch(r"\d{1,4}", written, re.ASCII):
            self.wrong(entry, N_("要写一个数字：正确选项的序号。对的只能有一个"))
            return 0
        if most and not 1 <= int(written) <= most:
            self.wrong(entry, N_("要写正确选项的序号，1 到 {most}"), most=most)
        return int(written)

    def _bare(self, entry: str) -> str:
        written = self.entries.get(entry)
        return written.strip() if isinstance(written, str) else ""

    def parts(self, entry: str, names: Sequence[str]) -> dict[str, str]:
        written = self.entries.get(entry)
        found = {name: _word(written, name) for name in names}
        if missing := [name for name, word in found.items() if not word]:
            self.wrong(entry, N_("缺少 {missing}：没有出处的话不能发给人"), missing=", ".join(missing))
        return found

    def words(self, entry: str) -> tuple[str, ...]:
        written = self.entries.get(entry) or []
        if not isinstance(written, list):
            self.wrong(entry, N_("要分成几项：一项一行，前面写“- ”；没有就写 []"))
            return ()
        if not all(isinstance(word, str) and word.strip() for word in written):
            self.wrong(entry, N_("有一项是空的，或者里面有半角冒号。请补上，或用双引号把那一项括起来"))
            return ()
        return tuple(word.strip() for word in written)

    def places(self, entry: str) -> tuple[str, ...]:
        places = self.words(entry)
        if not all(re.fullmatch(r"\d{2}|\d{4}|\d{6}", place, re.ASCII) for place in places):
            self.wrong(entry, N_('要写 GB/T 2260 代码的开头："32" 是江苏，"3205" 是苏州；不限就写 []'))
        return places

    def options(self, entry: str) -> tuple[str, ...]:
        options = self.words(entry)
        if self.is_sound(entry) and (len(options) not in OPTIONS or len(set(options)) < len(options)):
            self.wrong(entry, N_("要有 2 到 4 个不同的选项"))
        return options

    def sms(self, entry: str, question: str, options: Sequence[str]) -> str:
        """The lesson for an old phone, if it is short enough together with all that goes out with it."""
        text, most = self.text(entry), SMS_PARTS[entry]
        if entry.endswith("_en") and CHINESE.search(text):
            self.wrong(entry, N_("里有汉字，收英文短信的人看不懂"))
        parts = parts_as_sent(text, question, options)
        if parts > most:
            advice = N_("太长，连签名、问题和选项要拆成 {parts} 条短信；请缩到 {most} 条以内")
            self.wrong(entry, advice, parts=parts, most=most)
        return text

    def explanation(self, entry: str) -> str:
        text, longest = self.text(entry), EXPLANATION[entry]
        if len(text) > longest:
            self.wrong(entry, N_("有 {n} 个字，请缩到 {longest} 个字以内"), n=len(text), longest=longest)
        return text

    def body(self) -> str:
        if len(self.below) not in BODY:
            advice = N_("正文有 {n} 个字，请写 {least} 到 {most} 个字")
            fields = {"n": len(self.below), "least": BODY.start, "most": BODY.stop - 1}
            self.faults.append(Fault(self.name, self._first_below(), "", advice, fields))
        return self.below

    def _first_below(self) -> int:
        """The line that the text for the chat begins in, or would begin in."""
        rules = [n for n, line in enumerate(self.lines, 1) if line.rstrip() == "---"]
        head = rules[1] if len(rules) > 1 else 1
        return next((n for n, line in enumerate(self.lines[head:], head + 1) if line.strip()), head)


def _word(parts: object, name: str) -> str:
    written = parts.get(name) if isinstance(parts, dict) else None
    return written.strip() if isinstance(written, str) else ""
