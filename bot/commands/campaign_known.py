"""The campaign an operator names: by its id, or as much of its end as only one has; or by its title."""

from __future__ import annotations

from collections.abc import Sequence

import click

from content.words.campaign_title import says
from storage import campaigns, coverage
from storage.campaigns import Campaign, State
from storage.database import Transaction
from storage.viewer import the_programme

# A draft is its writer's own until it leaves the desk.
SHOWN: tuple[State, ...] = (*coverage.OFF_THE_DESK, "waiting")
# Of more than these nobody looks for one by its words; each is opened, for the words are sealed.
_LOOKED_THROUGH = 1000


async def campaign_known(tx: Transaction, written: str, by_words: bool = False) -> Campaign:
    """`by_words` of its title too: to be looked at, for what is called off stays off."""
    named = written.strip()
    found = await campaigns.ending_in(tx, named)
    if by_words and named and not found:
        found = await campaigns_saying(tx, named, SHOWN, 3)
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(
            f"“{written}”对得上 {len(found)} 个，请写完整的编号。看编号：python -m bot campaign list\n"
            f"“{written}” fits {len(found)}: write the whole id. The ids: python -m bot campaign list"
        )
    raise click.ClickException(
        f"没有编号为“{written}”的。看编号：python -m bot campaign list\n"
        f"There is none with the id “{written}”. The ids: python -m bot campaign list"
    )


async def campaigns_saying(
    tx: Transaction, words: str, states: Sequence[State], limit: int
) -> list[Campaign]:
    """Those in one of the states that have these words in their title or in what they say, newest first."""
    most = _LOOKED_THROUGH if words else limit
    found = await coverage.in_sight(tx, the_programme(), limit=most, states=states)
    if not words:
        return found
    saying = [one for one in found if says(one.slug, await campaigns.words_of(tx, one.id), words)]
    return saying[:limit]
