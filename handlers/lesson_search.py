"""发课: what a sender looks for: a line of lessons, or a word of them, and when they are to go out. (S5)"""

from __future__ import annotations

from dataclasses import dataclass

from content.act import Act
from content.lessons.library import LINES, Lesson, all_lessons
from content.words.lesson_letter import lesson_title
from handlers.lesson_time import names_a_time
from handlers.turn import Turn


@dataclass(frozen=True, slots=True)
class Sought:
    """What was asked for: a line or a word of the lesson, and when it is to go out."""

    line: str
    word: str
    when: str
    found: tuple[Lesson, ...]


def sought(turn: Turn, act: Act) -> Sought:
    """政策法规 明天七点: a line or a word, and the time behind it; any of them may be missing."""
    word, when = _word_and_time(turn, act.text)
    line = act.about.get("line", "") or next((x for x in LINES if word in (x, turn.say(x))), "")
    if line:
        return Sought(line, "", when, tuple(x for x in newest_first() if x.line == line))
    return Sought("", word, when, _with_word(turn, word))


def only_one_titled(turn: Turn, asked: Sought) -> Lesson | None:
    """The lesson that is meant without doubt."""
    if not asked.word or len(asked.found) != 1:
        return None
    return asked.found[0] if _has_in_title(turn, asked.found[0], asked.word) else None


def newest_first() -> tuple[Lesson, ...]:
    return tuple(all_lessons().values())[::-1]


def _with_word(turn: Turn, word: str) -> tuple[Lesson, ...]:
    """Those that have it in their title; else those that speak of it."""
    every = newest_first()
    titled = [x for x in every if _has_in_title(turn, x, word)]
    return tuple(
        titled or [x for x in every if word.casefold() in x.in_language(turn.tongue.code).body.casefold()]
    )


def _has_in_title(turn: Turn, lesson: Lesson, word: str) -> bool:
    return word.casefold() in lesson_title(turn.tongue, lesson).casefold()


def _word_and_time(turn: Turn, words: str) -> tuple[str, str]:
    """法律 明天早上七点: the word first, the time behind it; either may be missing."""
    first, *more = words.split() or [""]
    if names_a_time(first, turn):
        return "", words
    rest = " ".join(more)
    return (first, rest) if names_a_time(rest, turn) else (words.strip(), "")
