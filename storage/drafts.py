"""A campaign while it is made: one row from the first word on, until a second person agreed where one must.

Each step is a compare-and-set on the state: of two who press at once the second hears no.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select, update

from content.rules.audience import Audience
from storage import campaigns as kept
from storage.campaigns import Campaign, Order, State, campaign_of, campaigns
from storage.database import Transaction


class Draft(NamedTuple):
    """`words` by language, of all but a lesson. `at_once`: its time is the moment at which it is confirmed.

    `approved` where a second person agreed to these very words and this audience.
    """

    campaign: Campaign
    words: Mapping[str, str]
    at_once: bool
    approved: bool
    made_at: datetime

    @property
    def id(self) -> str:
        return self.campaign.id

    @property
    def state(self) -> State:
        return self.campaign.state

    @property
    def audience(self) -> Audience:
        return self.campaign.audience


async def begin(tx: Transaction, now: datetime, person_id: str, order: Order) -> Draft:
    """A new one, to go out at once unless another time is said."""
    made = await kept.make(tx, now, person_id, order, now, state="draft")
    return Draft(made, dict(order.words), at_once=True, approved=False, made_at=now)


async def by_id(tx: Transaction, draft_id: str) -> Draft | None:
    row = (await tx.conn.execute(select(campaigns).where(campaigns.c.id == draft_id))).first()
    return _draft(tx, row) if row else None


async def unfinished(
    tx: Transaction, person_id: str, limit: int = 5, states: Sequence[State] = ("draft",)
) -> list[Draft]:
    """What this person began and has not confirmed, newest first."""
    mine = (campaigns.c.made_by == person_id) & campaigns.c.state.in_(states)
    rows = await tx.conn.execute(select(campaigns).where(mine).order_by(campaigns.c.id.desc()).limit(limit))
    return [_draft(tx, row) for row in rows]


async def waiting(tx: Transaction, limit: int = 50) -> list[Draft]:
    """Those that wait for a second person, oldest first."""
    query = select(campaigns).where(campaigns.c.state == "waiting").order_by(campaigns.c.id).limit(limit)
    return [_draft(tx, row) for row in await tx.conn.execute(query)]


async def write(tx: Transaction, draft: Draft, words: Mapping[str, str]) -> bool:
    """Other words: whoever agreed to the old ones has not agreed to these."""
    sealed = tx.seal(json.dumps(dict(words)), draft.id, "campaigns.words")
    return await step(tx, draft.id, ("draft",), words=sealed, **_NOT_APPROVED)


async def aim(tx: Transaction, draft: Draft, audience: Audience) -> bool:
    """Another audience, to which nobody has agreed either."""
    return await step(tx, draft.id, ("draft",), audience=audience.to_json(), **_NOT_APPROVED)


async def time(tx: Transaction, draft: Draft, planned_for: datetime, **more: Any) -> bool:
    return await step(tx, draft.id, ("draft",), planned_for=planned_for, **more)


async def step(tx: Transaction, draft_id: str, before: Sequence[State], **after: Any) -> bool:
    """Taken once, by whoever asks first."""
    stepped = await tx.conn.execute(
        update(campaigns).where(campaigns.c.id == draft_id, campaigns.c.state.in_(before)).values(**after)
    )
    return bool(stepped.rowcount)


async def left_waiting(tx: Transaction, planned_before: datetime, at_once_before: datetime) -> list[Draft]:
    """Those that nobody agreed to until their time was long over."""
    at_once = campaigns.c.at_once & (campaigns.c.planned_for <= at_once_before)
    timed = ~campaigns.c.at_once & (campaigns.c.planned_for <= planned_before)
    query = select(campaigns).where(campaigns.c.state == "waiting", at_once | timed)
    rows = await tx.conn.execute(query.order_by(campaigns.c.id).with_for_update(skip_locked=True))
    return [_draft(tx, row) for row in rows]


_NOT_APPROVED = {"approved_by": None, "approved_at": None}


def _draft(tx: Transaction, row: Row[Any]) -> Draft:
    sealed = tx.open(row.words, row.id, "campaigns.words") if row.words else "{}"
    return Draft(campaign_of(row), json.loads(sealed), row.at_once, row.approved_by is not None, row.made_at)
