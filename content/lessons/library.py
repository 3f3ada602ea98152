"""Takes the lessons from the shelf and hands each out in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from content.lessons.faults import LessonUnclear
from content.lessons.form import SOURCE, Sheet
from content.words.catalogue import N_

SHELF = Path(__file__).parent
# The three kinds of SMS lesson that party branches already know.
LINES = (N_("形势教育"), N_("政策法规"), N_("实用技术"))
_WORDINGS = ("title", "sms", "question", "options", "explanation")
ENTRIES = (
    *("slug", "line", "date", "source", "trades", "places", "right", "body_en"),
    *_WORDINGS,
    *(f"{entry}_en" for entry in _WORDINGS),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a lesson rests on: the document, its number, who issued it, and where anybody can read it."""

    name: str
    number: str
    body: str
    where: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A lesson in one language. `body` is for the chat, `sms` for a phone that has nothing else."""

    title: str
    sms: str
    body: str
    question: str
    options: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson. `right` is the number of the right option, counted from 1.

    Empty `trades` and `places` mean everybody; a place is the beginning of a GB/T 2260 code.
    """

    slug: str
    line: str
    date: date
    source: Source
    trades: tuple[str, ...]
    places: tuple[str, ...]
    right: int
    chinese: Wording
    english: Wording

    def in_language(self, code: str) -> Wording:
        """The lesson for a reader of "en", and in Chinese for everybody else."""
        return self.english if code == "en" else self.chinese


@cache
def all_lessons() -> Mapping[str, Lesson]:
    """Every lesson by its slug, oldest first. Raises LessonUnclear."""
    found = (read_lesson(path) for path in SHELF.glob("*.md") if path.name != "README.md")
    return MappingProxyType({x.slug: x for x in sorted(found, key=lambda x: (x.date, x.slug))})


def read_lesson(written: Path | str) -> Lesson:
    """The lesson in a file or a text. Raises LessonUnclear, which names each line and what to do there."""
    sheet = Sheet.of(written)
    sheet.only(ENTRIES)
    lesson = _read(sheet)
    sheet.finish()
    return lesson


def _read(sheet: Sheet) -> Lesson:
    chinese, english = _wording(sheet, ""), _wording(sheet, "_en")
    asked = len(chinese.options) if sheet.is_sound("options") else 0
    if asked and sheet.is_sound("options_en") and len(english.options) != asked:
        sheet.wrong("options_en", N_("要与 options 一样多，共 {n} 个"), n=asked)
    return Lesson(
        slug=sheet.slug(),
        line=sheet.one_of("line", LINES),
        date=sheet.date("date"),
        source=Source(**sheet.parts("source", SOURCE)),
        trades=sheet.words("trades"),
        places=sheet.words("places"),
        right=sheet.number("right", asked),
        chinese=chinese,
        english=english,
    )


def _wording(sheet: Sheet, tail: str) -> Wording:
    question, options = sheet.text("question" + tail), sheet.options("options" + tail)
    return Wording(
        title=sheet.text("title" + tail),
        sms=sheet.sms("sms" + tail, question, options),
        body=sheet.text("body_en") if tail else sheet.body(),
        question=question,
        options=options,
        explanation=sheet.explanation("explanation" + tail),
    )


__all__ = ["LINES", "Lesson", "LessonUnclear", "Source", "Wording", "all_lessons", "read_lesson"]
