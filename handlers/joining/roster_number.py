"""A number on the roster is written to and answers; until it has, only its consent is heard."""

from __future__ import annotations

from datetime import date

from content.act import Act
from content.letter import Choice, Letter
from content.words.catalogue import tongue
from content.words.notice import short_notice
from storage.addresses import Address

# Why a number is not written to: its owner said no to joining, or left. Only they can begin again.
DECLINED = "declined"


def invitation_by_sms(language: str, inviter: str = "") -> Letter:
    """The first SMS to a number that nobody has verified: it names no person and no organisation.

    `inviter` is the id of whoever asked for it, and hears of the joining.
    """
    t = tongue(language)
    agree = Choice(t.say("同意"), Act(intent="join", about={"inviter": inviter} if inviter else {}))
    decline = Choice(t.say("不同意"), Act(intent="decline"))
    return Letter(chat=short_notice(t), choices=((agree, decline),))


def invitation_key(number: Address, day: date) -> str:
    """Once a day, whoever asks for it: an invitation from a number nobody knows is a nuisance."""
    return f"invite:{number.person_id}:{number.id}:{day}"
