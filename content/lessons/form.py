"""The sheet a lesson is written on, and what each entry has to look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import frontmatter
import smsutil
import yaml

# Each part of an SMS is paid for by the branch, and a fourth is read by nobody. English takes twice the
# signs of Chinese, and few read it: it may have twice the parts.
SMS_PARTS = {"sms": 3, "sms_en": 6}
# 【八个字的签名】 goes in front of every SMS; its Chinese makes the whole of it UCS-2, 67 to a part.
SIGNATURE = "【八字签名占位】"
BODY = range(200, 501)
OPTIONS = range(2, 5)
EXPLANATION = {"explanation": 60, "explanation_en": 160}
_CHINESE = re.compile("[\u3400-\u9fff]")


def as_sent(text: str, question: str, options: Sequence[str]) -> str:
    """What an old phone shows: signature, lesson, question, and the number to send back for each option."""
    word = "回" if _CHINESE.search(text + question) else "Reply "
    ways = " ".join(f"{word}{n} {option}" for n, option in enumerate(options, 1))
    return f"{SIGNATURE}{text}\n{question}\n{ways}"


class LessonUnclear(ValueError):
    """A lesson that cannot be sent as it is written: where, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One lesson as written. Every reader gives the entry in its form or raises LessonUnclear."""

    name: str
    lines: Sequence[str]
    entries: Mapping[str, Any]
    below: str

    @classmethod
    def of(cls, written: Path | str) -> Sheet:
        name = written.name if isinstance(written, Path) else ""
        text = written.read_text(encoding="utf-8") if isinstance(written, Path) else written
        try:
            post = frontmatter.loads(text)
        except yaml.YAMLError as fault:
            mark = getattr(fault, "problem_mark", None)
            # The mark counts from the opening ---, and from 0.
            raise LessonUnclear(
                f"{name}第{mark.line + 1 if mark else 1}行：格式不对，请对照 README.md。"
            ) from None
        return cls(name, text.splitlines(), post.metadata, post.content.strip())

    def unclear(self, entry: str, advice: str) -> LessonUnclear:
        at = next((n for n, line in enumerate(self.lines, 1) if line.startswith(entry + ":")), 1)
        return LessonUnclear(f"{self.name}第{at}行：{entry} {advice}。")

    def text(self, entry: str) -> str:
        written = self.entries.get(entry)
        if not isinstance(written, str) or not written.strip():
            raise self.unclear(entry, "没有写，请补上")
        return written.strip()

    def slug(self) -> str:
        slug = self.text("slug")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            raise self.unclear("slug", "只用小写字母、数字和短横线")
        if self.name and Path(self.name).stem != slug:
            raise self.unclear("slug", f"要与文件名一样：{Path(self.name).stem}")
        return slug

    def one_of(self, entry: str, allowed: Sequence[str]) -> str:
        if self.text(entry) not in allowed:
            raise self.unclear(entry, f"要写其中一个：{'、'.join(allowed)}")
        return self.text(entry)

    def date(self, entry: str) -> date:
        written = self.entries.get(entry)
        if type(written) is not date:
            raise self.unclear(entry, "要写成 2026-11-22 这样")
        return written

    def number(self, entry: str) -> int:
        written = self.entries.get(entry)
        if type(written) is not int:
            raise self.unclear(entry, "要写一个数字")
        return written

    def part(self, entry: str, part: str) -> str:
        parts = self.entries.get(entry)
        written = parts.get(part) if isinstance(parts, dict) else None
        if not isinstance(written, str) or not written.strip():
            raise self.unclear(entry, f"缺少 {part}：没有出处的话不能发给人")
        return written.strip()

    def words(self, entry: str) -> tuple[str, ...]:
        written = self.entries.get(entry) or []
        if not isinstance(written, list):
            raise self.unclear(entry, '要写成 ["建筑", "制造"] 这样')
        return tuple(str(word) for word in written)

    def options(self, entry: str) -> tuple[str, ...]:
        options = self.words(entry)
        if len(options) not in OPTIONS or len(set(options)) < len(options):
            raise self.unclear(entry, "要有 2 到 4 个不同的选项")
        return options

    def sms(self, entry: str, question: str, options: Sequence[str]) -> str:
        """The lesson for an old phone, if it is short enough together with all that goes out with it."""
        text, most = self.text(entry), SMS_PARTS[entry]
        parts = len(smsutil.split(as_sent(text, question, options)).parts)
        if parts > most:
            advice = f"太长，连签名、问题和选项要拆成 {parts} 条短信；请缩到 {most} 条以内"
            raise self.unclear(entry, advice)
        return text

    def explanation(self, entry: str) -> str:
        text, longest = self.text(entry), EXPLANATION[entry]
        if len(text) > longest:
            raise self.unclear(entry, f"有 {len(text)} 个字，请缩到 {longest} 个字以内")
        return text

    def body(self) -> str:
        if len(self.below) not in BODY:
            advice = f"有 {len(self.below)} 个字，请写 {BODY.start} 到 {BODY.stop - 1} 个字"
            raise LessonUnclear(f"{self.name}：正文{advice}。")
        return self.below
