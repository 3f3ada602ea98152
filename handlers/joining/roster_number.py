"""A number on the roster is written to and answers; until it has, only its consent is heard."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.words.catalogue import tongue
from content.words.notice import short_notice


def invitation_by_sms(language: str) -> Letter:
    """The first SMS to a number that nobody has verified: it names no person and no organisation."""
    t = tongue(language)
    agree = Choice(t.say("同意"), Act(intent="join"))
    decline = Choice(t.say("不同意"), Act(intent="decline"))
    return Letter(chat=short_notice(t), choices=((agree, decline),))
