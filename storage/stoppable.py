"""Which campaigns somebody may pause, go on with or call off."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select

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


async def just_sent(tx: Transaction, person_id: str, since: datetime) -> list[Campaign]:
    """Those that this person made and of which the last letter left since then, newest first."""
    over = (campaigns.c.state == "finished") & (campaigns.c.ended_at > since)
    rows = await tx.conn.execute(
        select(campaigns).where(campaigns.c.made_by == person_id, over).order_by(campaigns.c.id.desc())
    )
    return [campaign_of(row) for row in rows]


async def last(tx: Transaction, person_id: str, since: datetime) -> Campaign | None:
    """The newest that this person made and that is not over, or was not before `since`."""
    made = campaigns.c.state.not_in(["draft", "waiting"])
    not_long_over = or_(campaigns.c.ended_at.is_(None), campaigns.c.ended_at > since)
    query = select(campaigns).where(campaigns.c.made_by == person_id, made, not_long_over)
    row = (await tx.conn.execute(query.order_by(campaigns.c.id.desc()).limit(1))).first()
    return campaign_of(row) if row else None
