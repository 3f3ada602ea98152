"""A lesson as one person gets it, and what they hear after answering its question."""

from __future__ import annotations

import re

from content.act import Act
from content.lessons.library import Lesson
from content.letter import Choice, Letter
from content.words.catalogue import Tongue

_CLAUSE = re.compile(r"[，,：:？?“]")


def lesson_letter(t: Tongue, lesson: Lesson, sending_id: str) -> Letter:
    """The lesson and its question; each option carries the sending that it answers."""
    wording = lesson.in_language(t.code)
    choices = tuple(
        (Choice(option, Act(intent="lesson_answer", n=n, about={"sending": sending_id})),)
        for n, option in enumerate(wording.options, 1)
    )
    title = t.say("【{title}】", title=wording.title)
    source = t.say("出处：{source}", source=lesson.source.in_language(t.code))
    return Letter(
        chat=f"{title}\n\n{wording.body}\n\n{source}\n\n{wording.question}",
        sms=f"{wording.sms}\n{wording.question}",
        choices=choices,
        chosen_by="letter",
    )


def lesson_title(t: Tongue, lesson: Lesson) -> str:
    return lesson.in_language(t.code).title


def short_title(t: Tongue, lesson: Lesson) -> str:
    """The title up to its first stop: several of them stand in one text message."""
    return _CLAUSE.split(lesson_title(t, lesson))[0]
