"""How far a campaign has come while it goes out, and the one message in which that is watched. (S5)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, and_, func, insert, or_, select, update

from content.rules.progress import Progress
from storage import fate
from storage.campaigns import Campaign, campaign_of, campaigns
from storage.columns import Moment, metadata
from storage.database import Transaction
from storage.outbox import outbox
from storage.recipients import recipients

_MINUTE = timedelta(minutes=1)
_BEFORE_ITS_END = ("running", "paused")

campaign_progress = Table(
    "campaign_progress",
    metadata,
    Column("campaign_id", Text, ForeignKey("campaigns.id"), primary_key=True),
    # The row of the message in the outbox, where the chat's number for it stands as well.
    Column("letter_id", Text, nullable=False),
    # The figures that it shows; only where they changed is it written anew.
    Column("said", Text, nullable=False),
    Column("whole", Integer, nullable=False),
    Column("shown_at", Moment, nullable=False),
    Column("ended_at", Moment),
)


class Shown(NamedTuple):
    """The message as it stands in the sender's chat."""

    letter_id: str
    said: str
    whole: int
    shown_at: datetime


async def watched(tx: Transaction) -> list[tuple[Campaign, Shown | None]]:
    """Campaigns of senders that go out, and those whose message does not say yet how they ended."""
    goes_out = and_(
        campaigns.c.state.in_(_BEFORE_ITS_END),
        campaigns.c.started_at.is_not(None),
        campaigns.c.made_by.is_not(None),
        # Of a lesson of a series there is no end: people come to it one by one.
        campaigns.c.told_at.is_(None),
    )
    shown = and_(campaign_progress.c.campaign_id.is_not(None), campaign_progress.c.ended_at.is_(None))
    query = (
        select(campaigns, campaign_progress.c.letter_id, campaign_progress.c.said)
        .add_columns(campaign_progress.c.whole, campaign_progress.c.shown_at)
        .outerjoin(campaign_progress, campaign_progress.c.campaign_id == campaigns.c.id)
        .where(or_(and_(goes_out, campaign_progress.c.ended_at.is_(None)), shown))
        .order_by(campaigns.c.id)
        # Of two processes one puts the message up: the other's would break on it, and be a second one.
        .with_for_update(of=campaigns, skip_locked=True)
    )
    return [
        (
            campaign_of(row),
            Shown(row.letter_id, row.said, row.whole, row.shown_at) if row.letter_id else None,
        )
        for row in await tx.conn.execute(query)
    ]


async def begin(tx: Transaction, now: datetime, campaign_id: str, letter_id: str) -> None:
    row = {"campaign_id": campaign_id, "letter_id": letter_id, "said": "", "whole": 0, "shown_at": now}
    await tx.conn.execute(insert(campaign_progress).values(row))


async def note(tx: Transaction, campaign_id: str, shown_at: datetime, said: str, whole: int) -> None:
    await _note(tx, campaign_id, shown_at=shown_at, said=said, whole=whole)


async def end(tx: Transaction, now: datetime, campaign_id: str) -> None:
    """It is not written anew any more."""
    await _note(tx, campaign_id, ended_at=now)


async def begin_again(tx: Transaction, campaign_id: str) -> None:
    """The campaign goes to some of its recipients once more: the same message tells of that."""
    await _note(tx, campaign_id, ended_at=None, said="")


async def figures(
    tx: Transaction, now: datetime, campaign: Campaign, opens: Callable[[str], datetime]
) -> Progress:
    """`opens` says of a zone when somebody there may next be written to: now, or after the night."""
    wait = or_(
        recipients.c.step == "waiting",
        and_(recipients.c.step == "letter", outbox.c.state.in_(["pending", "sending", "held"])),
    )
    begun = max(campaign.sent_at or now, now - _MINUTE)
    query = (
        select(
            recipients.c.zone,
            func.count().label("whole"),
            func.count().filter(wait).label("waiting"),
            func.count().filter(fate.has_it).label("delivered"),
            func.count().filter(fate.answered).label("answered"),
            func.count().filter(fate.failed).label("failed"),
            func.count().filter(outbox.c.sent_at > begun).label("lately"),
        )
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(recipients.c.campaign_id == campaign.id)
        .group_by(recipients.c.zone)
    )
    rows = (await tx.conn.execute(query)).all()
    asleep = {row.zone: opens(row.zone) for row in rows if row.waiting and not campaign.at_any_hour}
    asleep = {zone: moment for zone, moment in asleep.items() if moment > now}
    whole = sum(row.whole for row in rows)
    return Progress(
        whole=whole,
        gone=whole - sum(row.waiting for row in rows),
        delivered=sum(row.delivered for row in rows),
        answered=sum(row.answered for row in rows),
        failed=sum(row.failed for row in rows),
        asleep=sum(row.waiting for row in rows if row.zone in asleep),
        opens=min(asleep.values(), default=None),
        lately=sum(row.lately for row in rows),
        seconds=(now - begun).total_seconds(),
    )


async def _note(tx: Transaction, campaign_id: str, **values: object) -> None:
    this = campaign_progress.c.campaign_id == campaign_id
    await tx.conn.execute(update(campaign_progress).where(this).values(**values))
