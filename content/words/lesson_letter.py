"""A lesson as one person gets it, and what they hear after answering its question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from content.act import Act
from content.lessons.library import Lesson, all_lessons
from content.letter import Choice, Letter
from content.words.catalogue import Tongue

_CLAUSE = re.compile(r"[，,：:？?“]")


def lesson_letter(t: Tongue, lesson: Lesson, campaign_id: str) -> Letter:
    """The lesson and its question; each option carries the campaign that it answers."""
    wording = lesson.in_language(t.code)
    choices = tuple(
        (Choice(option, Act(intent="lesson_answer", n=n, about={"campaign": campaign_id})),)
        for n, option in enumerate(wording.options, 1)
    )
    title = t.say("【{title}】", title=wording.title)
    source = t.say("出处：{source}", source=lesson.source.in_language(t.code))
    return Letter(
        chat=f"{title}\n\n{wording.body}\n\n{source}\n\n{wording.question}",
        sms=f"{wording.sms}\n{wording.question}",
        choices=choices,
        chosen_by="letter",
        topic=lesson.slug,
    )


def lesson_title(t: Tongue, lesson: Lesson) -> str:
    return lesson.in_language(t.code).title


def dated_title(
    t: Tongue, day: date, slug: str, title_of: Callable[[Tongue, Lesson], str] = lesson_title
) -> str:
    """11月2日《手机防骗四不要》, of the day it went out; a lesson that left the shelf is told by its slug."""
    lesson = all_lessons().get(slug)
    return t.say("{day}《{title}》", day=t.day(day), title=title_of(t, lesson) if lesson else slug)


def short_title(t: Tongue, lesson: Lesson) -> str:
    """The title up to its first stop: several of them stand in one text message."""
    return _CLAUSE.split(lesson_title(t, lesson))[0]
