"""The final account as its sender reads it, from the clock and from the report alike."""

from __future__ import annotations

from datetime import datetime

from content.letter import Letter
from content.rules.account import Account, Price
from content.words.account import NAMES, Told, account_letter, account_lines, parts_spent
from content.words.catalogue import Tongue, tongue
from storage import account, campaigns, progress_letter, sending_again
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.viewer import Viewer


async def written(
    tx: Transaction, now: datetime, language: str, viewer: Viewer, campaign: Campaign, price: Price
) -> Letter:
    found, told = await _told(tx, now, tongue(language), viewer, campaign, price)
    return account_letter(tongue(language), found, told)


async def lines(
    tx: Transaction, now: datetime, language: str, viewer: Viewer, campaign: Campaign, price: Price
) -> list[str]:
    """The same without its head, to stand in a report."""
    found, told = await _told(tx, now, tongue(language), viewer, campaign, price)
    return account_lines(tongue(language), found, told)


async def _told(
    tx: Transaction, now: datetime, t: Tongue, viewer: Viewer, campaign: Campaign, price: Price
) -> tuple[Account, Told]:
    found = await account.of(tx, campaign)
    words = {} if campaign.slug else await campaigns.words_of(tx, campaign.id)
    return found, Told(
        campaign_id=campaign.id,
        title=await progress_letter.title_of(tx, t, campaign),
        title_by_sms=await progress_letter.title_of(tx, t, campaign, in_short=True),
        is_read=campaign.is_read,
        cancelled=campaign.cancelled,
        missing=await account.missing(tx, viewer, campaign.id, NAMES) if found.missing else [],
        again=await sending_again.how_many(tx, now, campaign),
        parts=parts_spent(campaign.id, campaign.slug, words, found.texts, price),
        price=price,
    )
