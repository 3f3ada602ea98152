"""A page of those who are due for the next step, and how it is written down for all at once. (S6)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, select, update

from storage.campaigns import Campaign, campaign_of, campaigns
from storage.database import Transaction
from storage.outbox import outbox
from storage.recipients import recipients


class Page(NamedTuple):
    """Whose next step has come by `until`, of the campaigns that no other process works at (`others`)."""

    campaigns: Sequence[Campaign]
    until: datetime
    others: Sequence[str] = ()


async def next_page(tx: Transaction, now: datetime, size: int) -> Page | None:
    """The next so many, and those that are due at the same moment as the last of them."""
    due = select(recipients.c.next_step_at).where(recipients.c.next_step_at <= now)
    moments = due.order_by(recipients.c.next_step_at).limit(size).subquery()
    until = (await tx.conn.execute(select(func.max(moments.c.next_step_at)))).scalar_one()
    if until is None:
        return None
    # Made distinct here: for a DISTINCT SQLite would read all recipients of all campaigns.
    theirs = select(recipients.c.campaign_id).where(recipients.c.next_step_at <= until)
    ids = set((await tx.conn.execute(theirs)).scalars())
    rows = await tx.conn.execute(
        select(campaigns)
        .where(campaigns.c.id.in_(ids))
        .order_by(campaigns.c.id)
        .with_for_update(skip_locked=True)
    )
    found = [campaign_of(row) for row in rows]
    ours = {campaign.id for campaign in found}
    return Page(found, until, [one for one in ids if one not in ours]) if found else None


def due_in(page: Page) -> list[ColumnElement[bool]]:
    """Clauses for rows of `campaign_recipients`."""
    due = recipients.c.next_step_at <= page.until
    return [due, recipients.c.campaign_id.not_in(page.others)] if page.others else [due]


async def step(tx: Transaction, page: Page, those: ColumnElement[bool], **values: Any) -> int:
    """What becomes of those of the page of whom it is true; how many they were."""
    changed = await tx.conn.execute(update(recipients).where(*due_in(page), those).values(**values))
    return changed.rowcount


def letter_is(so: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(and_(outbox.c.id == recipients.c.letter_id, so))


def of_letter(what: ColumnElement[Any]) -> Any:
    return select(what).where(outbox.c.id == recipients.c.letter_id).scalar_subquery()
