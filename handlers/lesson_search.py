"""发课: what a sender looks for: a line of lessons, or a word of them, and when they are to go out. (S5)"""

from __future__ import annotations

import re
from dataclasses import dataclass

from content.act import Act
from content.lessons.library import LINES, Lesson, Wording, all_lessons
from content.rules.office_campaign import whom_behind
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
    line = act.about.get("line", "") or _line_named(turn, word)
    if line:
        return Sought(line, "", when, tuple(x for x in newest_first() if x.line == line))
    return Sought("", word, when, _with_word(turn, word))


def with_whom(turn: Turn, act: Act) -> Act:
    """防骗 给石桥支部 明天七点: whom it is for is put aside, the time stays with the lesson."""
    what, to = whom_behind(act.text)
    if not to or act.about.get("to"):
        return act
    to, when = _word_and_time(turn, to)
    return act._replace(text=f"{what} {when}".strip(), about={**act.about, "to": to}) if to else act


def only_one_titled(turn: Turn, asked: Sought) -> Lesson | None:
    """The lesson that is meant without doubt."""
    if not asked.word or len(asked.found) != 1:
        return None
    return asked.found[0] if _has_in_title(turn, asked.found[0], asked.word) else None


def newest_first() -> tuple[Lesson, ...]:
    return tuple(all_lessons().values())[::-1]


def _with_word(turn: Turn, word: str) -> tuple[Lesson, ...]:
    """Those that have it in their title, in either language; else those that speak of it."""
    every, said = newest_first(), _bare(word)
    titled = [x for x in every if _has_in_title(turn, x, word)]
    return tuple(titled or [x for x in every if any(said in _bare(y.body) for y in _wordings(turn, x))])


def _has_in_title(turn: Turn, lesson: Lesson, word: str) -> bool:
    return any(_bare(word) in _bare(wording.title) for wording in _wordings(turn, lesson))


def _wordings(turn: Turn, lesson: Lesson) -> tuple[Wording, ...]:
    """A secretary who reads English may still look for 防骗."""
    return (lesson.chinese, lesson.english) if turn.tongue.code == "en" else (lesson.chinese,)


def _line_named(turn: Turn, word: str) -> str:
    return next((line for line in LINES if _bare(word) in (_bare(line), _bare(turn.say(line)))), "")


def _word_and_time(turn: Turn, words: str) -> tuple[str, str]:
    """法律 明天早上七点: the word first, the time behind it; either may be missing. A title may have both."""
    parts = words.split()
    if not parts or names_a_time(parts[0], turn):
        return "", words
    ways = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(len(parts), 0, -1)]
    told = [(word, when) for word, when in ways if not when or names_a_time(when, turn)]
    return next((way for way in told if _is_known(turn, way[0])), told[-1])


def _is_known(turn: Turn, word: str) -> bool:
    return bool(_line_named(turn, word)) or any(_has_in_title(turn, x, word) for x in newest_first())


def _bare(text: str) -> str:
    """Without stops and spaces, which nobody types as they stand in a title."""
    return re.sub(r"\W", "", text).casefold()
