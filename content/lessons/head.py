"""The head of a lesson, every entry as it was written; where it breaks, what to do there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from content.lessons.faults import Fault, LessonUnclear
from content.words.catalogue import N_

ENTRY = re.compile(r"([a-z_]+):(?:\s|$)")
_BLOCK = re.compile(r"\s*[a-z_]+: *[|>][+-]?\s*$")
# What a clumsy hand does to a head, and what to do about it, in the order in which it is looked for.
_SLIPS = (
    (re.compile(r"\s*\t"), N_("这一行开头用了 Tab，请改成空格")),
    (re.compile(r"\s*[a-z_]+\s*(?:：|:(?=\S))"), N_("项名后面要写半角冒号，再空一格：title: 标题")),
    (re.compile(r"\s*-(?![\s-])"), N_("短横线后面要空一格：- 选项")),
    (re.compile(r"\s*(?:[a-z_]+: +|- +)([\"'])(?!.*\1\s*$)"), N_("开头的引号没有配好。请改用中文引号“ ”")),
    (
        re.compile(r"\s*(?:[a-z_]+: +|- +)[^\"'\s].*?:(?:\s|$)"),
        N_("文字里有半角冒号。请改成全角的，或用双引号把整句括起来"),
    ),
    (re.compile(r"\s*(?:[a-z_]+: +|- +)[@`%&*!{}]"), N_("文字不能用这个符号开头，请用双引号把整句括起来")),
    (re.compile(r"(?!---|#|- |[a-z_]+:)\S"), N_("这一行没有项名。一段文字写在一行里，不要换行")),
)
_ANYTHING_ELSE = N_("这里或上一行的格式不对。请对照 content/lessons/README.md，或抄一课来改")


class _AsWritten(YAMLHandler):
    """Words stay words: `No` is an option and not false, and 7 is a title."""

    def load(self, fm: str, **_: object) -> Any:
        return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506, it builds nothing but texts, lists and mappings


def head_and_below(name: str, text: str) -> tuple[Mapping[str, Any], str]:
    """The entries of the head, and the text below it. Raises LessonUnclear."""
    try:
        entries, below = frontmatter.parse(text, handler=_AsWritten())
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        # The mark counts from the opening ---, and from 0; empty lines above it are not counted.
        above = text[: len(text) - len(text.lstrip())].count("\n")
        raise LessonUnclear(
            [_broken(name, text.splitlines(), above + (mark.line if mark else 0) + 1)]
        ) from None
    if not entries:
        raise LessonUnclear([Fault(name, 1, "", _headless(text))])
    return entries, below.strip()


def twice_in_the_head(lines: Sequence[str]) -> dict[str, int]:
    """The entries that stand twice, of which one would be dropped without a word, and where the second is."""
    seen, again = set(), {}
    for n, line in enumerate(_head_of(lines), 1):
        if (entry := ENTRY.match(line)) and entry[1] in seen:
            again[entry[1]] = n
        seen |= {entry[1]} if entry else set()
    return again


def _broken(name: str, lines: Sequence[str], at: int) -> Fault:
    """A slip is often noticed a line or more below it: the first that can be told is named."""
    in_a_block = False
    for n, line in enumerate(_head_of(lines)[: at + 1], 1):
        in_a_block = bool(_BLOCK.match(line)) or (in_a_block and line[:1] in ("", " "))
        advice = "" if in_a_block else next((told for slip, told in _SLIPS if slip.match(line)), "")
        if advice:
            return Fault(name, n, "", advice)
    return Fault(name, at, "", _ANYTHING_ELSE)


def _head_of(lines: Sequence[str]) -> Sequence[str]:
    rules = [n for n, line in enumerate(lines) if line.rstrip() == "---"]
    return lines[: rules[1]] if len(rules) > 1 else lines


def _headless(text: str) -> str:
    if not text.strip():
        return N_("文件是空的。请抄一课来改")
    return N_("前面没有两行 --- 之间的那一段，请对照 content/lessons/README.md")
