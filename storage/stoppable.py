"""Which campaigns somebody may pause, go on with or call off."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from storage import senders
from storage.campaigns import Campaign, State, campaign_of, campaigns
from storage.database import Transaction

_LOOKED_AT = 50


async def in_a_word(tx: Transaction, person_id: str, states: Collection[State]) -> list[Campaign]:
    """Those that are meant where none is named: a plan that has not begun only of whoever made it."""
    found = await by(tx, person_id, states)
    return [one for one in found if one.sent_at or one.made_by == person_id]


async def by(tx: Transaction, person_id: str, states: Collection[State]) -> list[Campaign]:
    """Those in one of the states, newest first."""
    query = select(campaigns).where(campaigns.c.state.in_(states)).order_by(campaigns.c.id.desc())
    rows = await tx.conn.execute(query.limit(_LOOKED_AT))
    found = [campaign_of(row) for row in rows]
    return [one for one in found if await senders.may_stop(tx, one, person_id)]
