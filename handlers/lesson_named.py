"""A lesson that was sent, by its day and title; a notice by its day, as its words may name somebody."""

from __future__ import annotations

from content.words.campaign_title import campaign_title
from content.words.lesson_letter import dated_title, lesson_title, short_title
from handlers.turn import Turn
from storage.campaigns import Campaign


def lesson_named(turn: Turn, campaign: Campaign) -> str:
    """In the short form by SMS, where several stand in one message."""
    day = campaign.planned_for.astimezone(turn.house.zone).date()
    if not campaign.slug:
        return campaign_title(turn.tongue, day, campaign.kind, "", {}, in_short=True)
    return dated_title(turn.tongue, day, campaign.slug, short_title if turn.by_sms else lesson_title)
