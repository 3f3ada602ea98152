"""What was sent, by its day and its title; a notice by its own first words."""

from __future__ import annotations

from content.words.campaign_title import ROOM_BY_SMS, campaign_title
from handlers.turn import Turn
from storage import campaigns
from storage.campaigns import Campaign


async def lesson_named(turn: Turn, campaign: Campaign) -> str:
    """By SMS in short: a notice, which may name somebody, tells its words there to their writer."""
    day = campaign.planned_for.astimezone(turn.house.zone).date()
    words = {} if campaign.slug else await campaigns.words_of(turn.tx, campaign.id)
    kept_back = campaign.made_by != turn.actor.id
    return campaign_title(
        turn.tongue,
        day,
        campaign.kind,
        campaign.slug,
        words,
        in_short=turn.by_sms and (bool(campaign.slug) or kept_back),
        **({"room": ROOM_BY_SMS} if turn.by_sms else {}),
    )
