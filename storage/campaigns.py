"""Campaigns: one thing said to many, a lesson, a notice, a greeting or a reminder, and what stage it is at.

draft -> (waiting for a second person ->) planned -> running <-> paused -> finished; cancelled from any
before the end; dropped where it was never planned. (S5, S24)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Boolean, Column, ForeignKey, Row, Table, Text, func, insert, select

from content.rules.audience import EVERYBODY, Audience
from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.people import people
from storage.units import units

Kind = Literal["lesson", "notice", "greeting", "reminder"]
State = Literal["draft", "waiting", "planned", "running", "paused", "finished", "cancelled", "dropped"]

# The same order given twice within so long was given by accident.
A_REPEAT = timedelta(minutes=1)

campaigns = Table(
    "campaigns",
    metadata,
    key(),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False, index=True),
    # Of a lesson; the words of all else are sealed: they may name somebody.
    Column("slug", Text, nullable=False, default=""),
    Column("words", SealedBytes),
    # Whoever sent it from the chat; of one sent at the command line, the unit it is for.
    Column("made_by", Text, ForeignKey("people.id"), index=True),
    Column("unit_id", Text, ForeignKey("units.id")),
    Column("audience", Text, nullable=False, default="{}"),
    Column("made_at", Moment, nullable=False),
    Column("planned_for", Moment, nullable=False, index=True),
    Column("at_any_hour", Boolean, nullable=False, default=False),
    # While it is made: no time was said, it goes out as soon as it may.
    Column("at_once", Boolean, nullable=False, default=False),
    Column("expires_at", Moment),
    Column("approved_by", Text, ForeignKey("people.id")),
    Column("approved_at", Moment),
    Column("started_at", Moment),
    # Up to which person the recipients are written down; empty once all are.
    Column("listed_to", Text, nullable=False, default=""),
    Column("listed_at", Moment),
    Column("ended_at", Moment),
    Column("told_at", Moment),
)


class Campaign(NamedTuple):
    """For those of `audience` whom `made_by` answers for; where an operator made it, in the unit `unit_id`.

    `at_any_hour`: its sender meant the night. What is not out at `expires_at` stays in.
    """

    id: str
    kind: Kind
    state: State
    slug: str
    made_by: str | None
    unit_id: str | None
    audience: Audience
    planned_for: datetime
    at_any_hour: bool
    expires_at: datetime | None
    sent_at: datetime | None
    listed_to: str
    listed_at: datetime | None
    ended_at: datetime | None

    @property
    def cancelled(self) -> bool:
        return self.state in ("cancelled", "dropped")

    @property
    def is_read(self) -> bool:
        """A lesson is answered; all else is read."""
        return self.kind != "lesson"


class Order(NamedTuple):
    """What a sender asks for. `words` by language, of all but a lesson."""

    kind: Kind = "lesson"
    slug: str = ""
    words: Mapping[str, str] = {}
    audience: Audience = EVERYBODY
    at_any_hour: bool = False
    expires_at: datetime | None = None


async def plan(tx: Transaction, now: datetime, made_by: str, slug: str, planned_for: datetime) -> Campaign:
    """A lesson for all whom its sender answers for."""
    return await make(tx, now, made_by, Order(slug=slug), planned_for)


async def make(
    tx: Transaction,
    now: datetime,
    made_by: str | None,
    order: Order,
    planned_for: datetime,
    state: State = "planned",
    unit_id: str | None = None,
) -> Campaign:
    made = tx.new_id(now)
    words = tx.seal(json.dumps(dict(order.words)), made, "campaigns.words") if order.words else None
    row = {
        "id": made,
        "kind": order.kind,
        "state": state,
        "slug": order.slug,
        "words": words,
        "made_by": made_by,
        "unit_id": unit_id,
        "audience": order.audience.to_json(),
        "made_at": now,
        "planned_for": planned_for,
        "at_any_hour": order.at_any_hour,
        "at_once": state == "draft",
        "expires_at": order.expires_at,
    }
    await tx.conn.execute(insert(campaigns).values(row))
    return campaign_of((await tx.conn.execute(select(campaigns).where(campaigns.c.id == made))).one())


async def plan_once(
    tx: Transaction,
    now: datetime,
    made_by: str,
    slug: str,
    planned_for: datetime,
    at_any_hour: bool = False,
) -> Campaign:
    """The sender's plan for this lesson and moment; a second tap on the button finds the first one's."""
    # Both taps may be worked off at once: the second waits here, else everybody gets the lesson twice.
    await tx.conn.execute(select(people.c.id).where(people.c.id == made_by).with_for_update())
    rows = await tx.conn.execute(
        select(campaigns).where(
            campaigns.c.made_by == made_by,
            campaigns.c.slug == slug,
            campaigns.c.planned_for == planned_for,
            campaigns.c.state != "cancelled",
        )
    )
    if row := rows.first():
        return campaign_of(row)
    return await make(tx, now, made_by, Order(slug=slug, at_any_hour=at_any_hour), planned_for)


async def plan_for_unit(
    tx: Transaction, now: datetime, unit_id: str, slug: str, planned_for: datetime
) -> Campaign | None:
    """An operator's plan; None where the same lesson for the same unit stands within a minute of it."""
    # Two commands at once: the second waits here, and then finds the first one's plan.
    await tx.conn.execute(select(units.c.id).where(units.c.id == unit_id).with_for_update())
    same = select(campaigns.c.id).where(
        campaigns.c.unit_id == unit_id,
        campaigns.c.slug == slug,
        campaigns.c.planned_for > planned_for - A_REPEAT,
        campaigns.c.planned_for < planned_for + A_REPEAT,
        campaigns.c.state != "cancelled",
    )
    if (await tx.conn.execute(same.limit(1))).first():
        return None
    return await make(tx, now, None, Order(slug=slug), planned_for, unit_id=unit_id)


async def next_planned(tx: Transaction, after: datetime) -> datetime | None:
    """When the next campaign is to go out, of those planned for later than `after`."""
    due = func.min(campaigns.c.planned_for)
    query = select(due).where(campaigns.c.state == "planned", campaigns.c.planned_for > after)
    planned: datetime | None = (await tx.conn.execute(query)).scalar_one_or_none()
    return planned


async def by_id(tx: Transaction, campaign_id: str) -> Campaign | None:
    row = (await tx.conn.execute(select(campaigns).where(campaigns.c.id == campaign_id))).first()
    return campaign_of(row) if row else None


async def ending_in(tx: Transaction, end: str) -> list[Campaign]:
    """Those with this id, or whose id ends so; a few at most."""
    if not end:
        return []
    found = campaigns.c.id.endswith(end, autoescape=True)
    rows = await tx.conn.execute(select(campaigns).where(found).order_by(campaigns.c.id).limit(3))
    return [campaign_of(row) for row in rows]


async def words_of(tx: Transaction, campaign_id: str) -> dict[str, str]:
    """What is said, by language; empty of a lesson, which stands on the shelf."""
    query = select(campaigns.c.words).where(campaigns.c.id == campaign_id)
    sealed = (await tx.conn.execute(query)).scalar_one()
    found: dict[str, str] = json.loads(tx.open(sealed, campaign_id, "campaigns.words")) if sealed else {}
    return found


async def approval_of(tx: Transaction, campaign_id: str) -> tuple[str, datetime] | None:
    """Who agreed to it, by id, and when."""
    query = select(campaigns.c.approved_by, campaigns.c.approved_at).where(campaigns.c.id == campaign_id)
    row = (await tx.conn.execute(query)).one()
    return (row.approved_by, row.approved_at) if row.approved_by else None


async def made_by(tx: Transaction, person_id: str, limit: int = 8) -> list[Campaign]:
    """A sender's campaigns, newest first, but for those that are still being made."""
    rows = await tx.conn.execute(
        select(campaigns)
        .where(campaigns.c.made_by == person_id, campaigns.c.state != "draft")
        .order_by(campaigns.c.id.desc())
        .limit(limit)
    )
    return [campaign_of(row) for row in rows]


def campaign_of(row: Row[Any]) -> Campaign:
    """The campaign in a row of `campaigns`."""
    return Campaign(
        id=row.id,
        kind=row.kind,
        state=row.state,
        slug=row.slug,
        made_by=row.made_by,
        unit_id=row.unit_id,
        audience=Audience.from_json(row.audience),
        planned_for=row.planned_for,
        at_any_hour=row.at_any_hour,
        expires_at=row.expires_at,
        sent_at=row.started_at,
        listed_to=row.listed_to,
        listed_at=row.listed_at,
        ended_at=row.ended_at,
    )
