"""The sheet a lesson is written on, and what each entry has to look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import frontmatter
import smsutil
import yaml

from content.lessons.faults import Fault, LessonUnclear
from content.words.catalogue import N_

# Each part of an SMS is paid for by the branch, and a fourth is read by nobody. English takes twice the
# signs of Chinese, and few read it: it may have twice the parts.
SMS_PARTS = {"sms": 3, "sms_en": 6}
# 【八个字的签名】 goes in front of every SMS; its Chinese makes the whole of it UCS-2, 67 to a part.
SIGNATURE = "【八字签名占位】"
BODY = range(200, 501)
OPTIONS = range(2, 5)
# 没答对，正确的是B。 goes before it and the signature before that: one SMS, and two in English.
EXPLANATION = {"explanation": 50, "explanation_en": 98}
SOURCE = ("name", "number", "body", "where")
_CHINESE = re.compile("[\u3400-\u9fff]")

MISSING = N_("没有写，请补上")


def as_sent(text: str, question: str, options: Sequence[str]) -> str:
    """What an old phone shows: signature, lesson, question, and the number to send back for each option."""
    word = "回" if _CHINESE.search(text + question) else "Reply "
    ways = " ".join(f"{word}{n} {option}" for n, option in enumerate(options, 1))
    return f"{SIGNATURE}{text}\n{question}\n{ways}"


def parts_as_sent(text: str, question: str, options: Sequence[str]) -> int:
    """How many parts of an SMS are paid for."""
    return len(smsutil.split(as_sent(text, question, options)).parts)


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
        text = _text_of(written)
        try:
            post = frontmatter.loads(text)
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            # The mark counts from the opening ---, and from 0.
            line = mark.line + 1 if mark else 1
            raise LessonUnclear([Fault(name, line, "", N_("格式不对，请对照 README.md"))]) from None
        if not post.metadata:
            raise LessonUnclear([Fault(name, 1, "", _headless(text))])
        return cls(name, text.splitlines(), post.metadata, post.content.strip())

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
                self.wrong(str(entry), N_("不认识这一项。请删掉，或核对 README.md 里的写法"))

    def text(self, entry: str) -> str:
        written = self.entries.get(entry)
        if not isinstance(written, str) or not written.strip():
            self.wrong(entry, MISSING)
            return ""
        return written.strip()

    def slug(self) -> str:
        slug = self.text("slug")
        if slug and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            self.wrong("slug", N_("只用小写字母、数字和短横线"))
        elif slug and self.name and Path(self.name).stem != slug:
            self.wrong("slug", N_("要与文件名一样：{name}"), name=Path(self.name).stem)
        return slug

    def one_of(self, entry: str, allowed: Sequence[str]) -> str:
        text = self.text(entry)
        if text and text not in allowed:
            self.wrong(entry, N_("要写其中一个：{allowed}"), allowed="、".join(allowed))
        return text

    def date(self, entry: str) -> date:
        written = self.entries.get(entry)
        if type(written) is not date:
            self.wrong(entry, N_("要写成 2026-11-22 这样"))
            return date.min
        return written

    def number(self, entry: str, most: int) -> int:
        """From 1 to `most`; where that is 0 it is not known yet, and any number will do."""
        written = self.entries.get(entry)
        if type(written) is not int:
            self.wrong(entry, N_("要写一个数字"))
            return 0
        if most and not 1 <= written <= most:
            self.wrong(entry, N_("要写正确选项的序号，1 到 {most}"), most=most)
        return written

    def parts(self, entry: str, names: Sequence[str]) -> dict[str, str]:
        written = self.entries.get(entry)
        found = {name: _word(written, name) for name in names}
        if missing := [name for name, word in found.items() if not word]:
            self.wrong(entry, N_("缺少 {missing}：没有出处的话不能发给人"), missing=", ".join(missing))
        return found

    def words(self, entry: str) -> tuple[str, ...]:
        written = self.entries.get(entry) or []
        if not isinstance(written, list):
            self.wrong(entry, N_('要写成 ["建筑", "制造"] 这样'))
            return ()
        return tuple(str(word) for word in written)

    def options(self, entry: str) -> tuple[str, ...]:
        options = self.words(entry)
        if self.is_sound(entry) and (len(options) not in OPTIONS or len(set(options)) < len(options)):
            self.wrong(entry, N_("要有 2 到 4 个不同的选项"))
        return options

    def sms(self, entry: str, question: str, options: Sequence[str]) -> str:
        """The lesson for an old phone, if it is short enough together with all that goes out with it."""
        text, most = self.text(entry), SMS_PARTS[entry]
        if entry.endswith("_en") and _CHINESE.search(text):
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


def _text_of(written: Path | str) -> str:
    if isinstance(written, str):
        return written
    try:
        # Notepad puts a mark of its own before the first line.
        return written.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        advice = N_("不是 UTF-8 编码的文字，请在编辑器里另存为 UTF-8")
        raise LessonUnclear([Fault(written.name, 0, "", advice)]) from None


def _headless(text: str) -> str:
    if not text.strip():
        return N_("文件是空的。请抄一课来改")
    return N_("前面没有两行 --- 之间的那一段，请对照 README.md")


def _word(parts: object, name: str) -> str:
    written = parts.get(name) if isinstance(parts, dict) else None
    return written.strip() if isinstance(written, str) else ""
