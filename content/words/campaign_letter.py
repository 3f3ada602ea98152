"""What a campaign says to one person: a lesson with its question, or its sender's own words."""

from __future__ import annotations

from collections.abc import Mapping

from content.act import Act
from content.lessons.library import all_lessons
from content.letter import Choice, Letter
from content.words.catalogue import tongue
from content.words.lesson_letter import lesson_letter


def campaign_letter(campaign_id: str, slug: str, words: Mapping[str, str], language: str) -> Letter | None:
    """In the reader's language, where the sender wrote it in that too; None of a lesson off the shelf."""
    t = tongue(language)
    if slug:
        lesson = all_lessons().get(slug)
        return lesson_letter(t, lesson, campaign_id) if lesson else None
    said = words.get(language) or words.get("zh") or next(iter(words.values()), "")
    read = Choice(t.say("收到"), Act(intent="notice_read", about={"campaign": campaign_id}))
    return Letter(chat=said, choices=((read,),), chosen_by="word")
