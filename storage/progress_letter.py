"""A campaign's progress as its sender reads it, from the clock and from a button alike."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from content.letter import Letter
from content.rules.hours import next_allowed
from content.rules.progress import Progress
from content.rules.zones import zones_named
from content.words.campaign_title import campaign_title
from content.words.catalogue import Tongue, tongue
from content.words.progress import progress_letter
from storage import campaigns, holidays, progress, senders
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.holidays import Holidays


async def progress_of(tx: Transaction, now: datetime, campaign: Campaign) -> Progress:
    return await progress.figures(tx, now, campaign, partial(_opens, now, await holidays.known(tx)))


async def written(
    tx: Transaction, now: datetime, language: str, campaign: Campaign, found: Progress
) -> Letter:
    """With the buttons for what may be done with it now."""
    t, zone = tongue(language), ZoneInfo(await senders.clock_of(tx, campaign))
    title = await title_of(tx, t, campaign)
    when, is_read = campaign.planned_for, campaign.is_read
    return progress_letter(t, campaign.id, campaign.state, title, found, now, zone, when, is_read)


async def title_of(tx: Transaction, t: Tongue, campaign: Campaign, in_short: bool = False) -> str:
    """What it says, in few words; `in_short` as it may stand in a text message."""
    day = campaign.planned_for.astimezone(ZoneInfo(await senders.clock_of(tx, campaign))).date()
    words = {} if campaign.slug else await campaigns.words_of(tx, campaign.id)
    return campaign_title(t, day, campaign.kind, campaign.slug, words, in_short)


def _opens(now: datetime, off: Holidays, zone: str) -> datetime:
    return next_allowed(now, zones_named(zone), holidays=off)
