"""A campaign from stage to stage. Each step is taken once, by whoever asks first; the second hears no."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, or_, select, update

from storage.campaigns import Campaign, State, campaign_of, campaigns
from storage.database import Transaction
from storage.outbox import outbox
from storage.recipients import recipients

BEFORE_THE_END: tuple[State, ...] = ("draft", "waiting", "planned", "running", "paused")
HALTED: tuple[State, ...] = ("paused", "cancelled")
# What was never planned is thrown away: nobody waits to hear what became of it.
_CALLED_OFF = case((campaigns.c.state.in_(["draft", "waiting"]), "dropped"), else_="cancelled")
_CANCELLED = {"state": "failed", "reason": "cancelled"}


async def due(tx: Transaction, now: datetime) -> list[Campaign]:
    """Planned ones whose time has come, locked: nobody is told "called off" while one goes out."""
    rows = await tx.conn.execute(
        select(campaigns)
        .where(campaigns.c.state == "planned", campaigns.c.planned_for <= now)
        .order_by(campaigns.c.planned_for)
        .with_for_update(skip_locked=True)
    )
    return [campaign_of(row) for row in rows]


async def meant_for_then(
    tx: Transaction, now: datetime, before: datetime, ran_at: datetime | None
) -> list[Campaign]:
    """What is no lesson and was planned for `before` or earlier, or was running at `ran_at` and is not all
    out; of what is over by now there is nothing to ask.
    """
    still_good = or_(campaigns.c.expires_at.is_(None), campaigns.c.expires_at > now)
    meant: ColumnElement[bool] = (campaigns.c.state == "planned") & (campaigns.c.planned_for <= before)
    if ran_at:
        meant = or_(meant, (campaigns.c.state == "running") & (campaigns.c.started_at <= ran_at))
    rows = await tx.conn.execute(
        select(campaigns)
        .where(campaigns.c.kind != "lesson", still_good, meant)
        .order_by(campaigns.c.id)
        .with_for_update(skip_locked=True)
    )
    found = [campaign_of(row) for row in rows]
    return [one for one in found if one.sent_at is None or not await is_all_out(tx, one.id)]


async def in_state(tx: Transaction, state: State) -> list[Campaign]:
    """By id, locked: of two processes one works at each."""
    rows = await tx.conn.execute(
        select(campaigns)
        .where(campaigns.c.state == state)
        .order_by(campaigns.c.id)
        .with_for_update(skip_locked=True)
    )
    return [campaign_of(row) for row in rows]


async def start(tx: Transaction, now: datetime, campaign: Campaign) -> bool:
    return await _step(tx, campaign.id, ["planned"], state="running", started_at=now)


async def pause(tx: Transaction, campaign_id: str) -> bool:
    """Nothing more goes out from this commit on, but for what is in the air at this moment."""
    paused = await _step(tx, campaign_id, ["planned", "running"], state="paused")
    if paused:
        await _letters(tx, campaign_id, "pending", {"state": "held"})
    return paused


async def resume(tx: Transaction, campaign_id: str) -> bool:
    """It goes on where it stood: whoever has their letter is not written to again.

    One that was paused before its time is planned for it again, and goes out at once where that has passed.
    """
    where_it_stood = case((campaigns.c.started_at.is_(None), "planned"), else_="running")
    resumed = await _step(tx, campaign_id, ["paused"], state=where_it_stood)
    if resumed:
        await _letters(tx, campaign_id, "held", {"state": "pending", "reason": None})
    return resumed


async def cancel(tx: Transaction, now: datetime, campaign: Campaign) -> bool:
    """What has not gone out stays in; False where it is over already."""
    cancelled = await _step(tx, campaign.id, BEFORE_THE_END, state=_CALLED_OFF, ended_at=now)
    if cancelled:
        for waiting in ("pending", "held"):
            await _letters(tx, campaign.id, waiting, _CANCELLED | {"settled_at": now})
    return cancelled


async def finish(tx: Transaction, now: datetime, campaign_id: str) -> bool:
    return await _step(tx, campaign_id, ["running"], state="finished", ended_at=now)


async def keep_back_the_rest(tx: Transaction, now: datetime, campaign_id: str) -> bool:
    """All letters are out: no other door is tried from here on, and nobody is to call."""
    return await _step(tx, campaign_id, ["finished"], state="cancelled", ended_at=now)


async def reopen(tx: Transaction, campaign_id: str) -> bool:
    """It is to be sent once more to some of its recipients."""
    return await _step(tx, campaign_id, ["finished"], state="running", ended_at=None, told_at=None)


async def open_to_joiners(tx: Transaction, now: datetime, campaign_id: str) -> bool:
    """A lesson of a series: nobody is listed, they come one by one. Nor is there an end of which to tell."""
    return await _step(
        tx, campaign_id, ["draft"], state="running", started_at=now, listed_at=now, told_at=now
    )


async def take_more(tx: Transaction, campaign_id: str) -> bool:
    """Somebody joined it."""
    return await _step(tx, campaign_id, ["finished"], state="running", ended_at=None)


async def halted(tx: Transaction, ids: Collection[str]) -> set[str]:
    """Which of these are not to send any more."""
    query = select(campaigns.c.id).where(campaigns.c.id.in_(ids), campaigns.c.state.in_(HALTED))
    return set((await tx.conn.execute(query)).scalars())


async def is_all_out(tx: Transaction, campaign_id: str) -> bool:
    """Whether each recipient was written to by the first of their doors, or has none."""
    waiting = select(recipients.c.person_id).where(
        recipients.c.campaign_id == campaign_id, recipients.c.step == "waiting"
    )
    if (await tx.conn.execute(waiting.limit(1))).first():
        return False
    of_it = outbox.c.campaign_id == campaign_id
    on_its_way = select(outbox.c.id).where(outbox.c.state.in_(["pending", "sending"]), of_it)
    return (await tx.conn.execute(on_its_way.limit(1))).first() is None


async def _step(tx: Transaction, campaign_id: str, before: Collection[State], **after: Any) -> bool:
    stepped = await tx.conn.execute(
        update(campaigns).where(campaigns.c.id == campaign_id, campaigns.c.state.in_(before)).values(**after)
    )
    return bool(stepped.rowcount)


async def _letters(tx: Transaction, campaign_id: str, state: str, values: Mapping[str, Any]) -> None:
    """Those that wait in the outbox, which are few at any time."""
    theirs = (outbox.c.state == state) & (outbox.c.campaign_id == campaign_id)
    await tx.conn.execute(update(outbox).where(theirs).values(**values))
