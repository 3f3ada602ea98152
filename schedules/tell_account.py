"""Once nothing more happens by itself, a campaign's sender hears who has it, who not, and why. (S6)"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from content.rules.account import Price
from storage import account, account_letter, offices, people, post
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.outbox import Kind

Work = Callable[[Transaction, datetime], Awaitable[int]]


def telling(price: Price) -> Work:
    """The job, for what a text costs here."""

    async def tell_account(tx: Transaction, now: datetime) -> int:
        """One account; call until there is none."""
        for campaign in await account.due(tx):
            if await account.note_told(tx, now, campaign.id):
                await _tell(tx, now, campaign, price)
                return 1
        return 0

    return tell_account


async def _tell(tx: Transaction, now: datetime, campaign: Campaign, price: Price) -> None:
    """Of one that an operator made at the command line, that is where its account is read."""
    if campaign.made_by is None:
        return
    viewer = await offices.viewer_of(tx, campaign.made_by)
    language = await people.language_of(tx, campaign.made_by)
    letter = await account_letter.written(tx, now, language, viewer, campaign, price)
    # Sent again, it is told again; that it is told once each time, `note_told` has seen to.
    key = f"{campaign.id}:account:{tx.new_id(now)}"
    # Whoever means the night waits to hear whom it did not reach.
    kind: Kind = "urgent" if campaign.at_any_hour else "notice"
    await post.tell(tx, now, campaign.made_by, letter, kind, key)
