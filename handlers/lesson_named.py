"""A lesson that was sent, by its day and title."""

from __future__ import annotations

from content.lessons.library import all_lessons
from content.words.lesson_letter import lesson_title, short_title
from handlers.turn import Turn
from storage.lessons import Sending


def lesson_named(turn: Turn, sending: Sending) -> str:
    """11月2日《手机防骗四不要》"""
    lesson = all_lessons().get(sending.slug)
    day = turn.tongue.day(sending.planned_for.astimezone(turn.house.zone).date())
    named = short_title if turn.by_sms else lesson_title
    title = named(turn.tongue, lesson) if lesson else sending.slug
    return turn.say("{day}《{title}》", day=day, title=title)
