"""A lesson as its writer saved it: the entries of its head, and the text below."""

from __future__ import annotations

from pathlib import Path

import frontmatter
import yaml

from content.lessons.faults import Fault, LessonUnclear
from content.lessons.form import Sheet
from content.words.catalogue import N_


def sheet_of(written: Path | str) -> Sheet:
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
    return Sheet(name, text.splitlines(), post.metadata, post.content.strip())


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
