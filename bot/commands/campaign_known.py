"""The campaign an operator names by its id, or by as much of its end as only one has."""

from __future__ import annotations

import click

from storage import campaigns
from storage.campaigns import Campaign
from storage.database import Transaction


async def campaign_known(tx: Transaction, written: str) -> Campaign:
    found = await campaigns.ending_in(tx, written.strip())
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
