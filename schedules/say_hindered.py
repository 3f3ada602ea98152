"""A campaign that our own side keeps back: its sender hears why and what to do, and nobody is called. (S6)

Where it is this message alone that is refused, it is paused: twenty thousand times no is no better than one.
"""

from __future__ import annotations

from datetime import datetime

from content.words.catalogue import tongue
from content.words.hindered import kept_back, stopped
from storage import campaign_life, campaigns, hindered, people, post
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.hindered import Hindrance


async def say_hindered(tx: Transaction, now: datetime) -> int:
    """How many campaigns were paused."""
    done = 0
    for one in await hindered.hindrances(tx):
        campaign = await campaigns.by_id(tx, one.campaign_id)
        if campaign is None:
            continue
        if one.is_its_own:
            done += await _pause(tx, now, campaign, one)
        else:
            await _tell_sender(tx, now, campaign, one)
    return done


async def _pause(tx: Transaction, now: datetime, campaign: Campaign, one: Hindrance) -> bool:
    """The administrators hear of it by a letter: of what keeps all letters back the alarm tells them."""
    # A receipt may tell of it when the last letter has long gone.
    await campaign_life.reopen(tx, campaign.id)
    if not await campaign_life.pause(tx, campaign.id):
        return False
    told = {campaign.made_by, *await hindered.administrators(tx)} - {None}
    for person_id in sorted(filter(None, told)):
        t = tongue(await people.language_of(tx, person_id))
        letter = stopped(t, campaign.id, campaign.slug, one.word, mine=person_id == campaign.made_by)
        key = f"{campaign.id}:stopped:{person_id}:{now.isoformat()}"
        await post.tell(tx, now, person_id, letter, "notice", key)
    return True


async def _tell_sender(tx: Transaction, now: datetime, campaign: Campaign, one: Hindrance) -> None:
    """Once of each reason, however long it lasts."""
    if campaign.made_by is None:
        return
    t = tongue(await people.language_of(tx, campaign.made_by))
    key = f"{campaign.id}:kept_back:{one.word}"
    await post.tell(tx, now, campaign.made_by, kept_back(t, campaign.slug, one.word), "notice", key)
