"""A notice that an operator sends to a unit: given twice within a minute, it was given by accident."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from storage import campaigns as kept
from storage.campaigns import A_REPEAT, Campaign, Order, campaigns
from storage.database import Transaction
from storage.units import units


async def plan_for_unit(
    tx: Transaction,
    now: datetime,
    unit_id: str,
    order: Order,
    planned_for: datetime,
    approved_by: str | None = None,
) -> Campaign | None:
    """None where the same words for the same unit stand within a minute of it. `approved_by` agreed."""
    # Two commands at once: the second waits here, and then finds the first one's plan.
    await tx.conn.execute(select(units.c.id).where(units.c.id == unit_id).with_for_update())
    near = select(campaigns.c.id).where(
        campaigns.c.unit_id == unit_id,
        campaigns.c.kind == order.kind,
        campaigns.c.planned_for > planned_for - A_REPEAT,
        campaigns.c.planned_for < planned_for + A_REPEAT,
        campaigns.c.state != "cancelled",
    )
    for (campaign_id,) in list(await tx.conn.execute(near)):
        # Sealed, the same words never look the same.
        if await kept.words_of(tx, campaign_id) == dict(order.words):
            return None
    made = await kept.make(tx, now, None, order, planned_for, unit_id=unit_id)
    if approved_by:
        agreed = update(campaigns).where(campaigns.c.id == made.id)
        await tx.conn.execute(agreed.values(approved_by=approved_by, approved_at=now))
    return made
