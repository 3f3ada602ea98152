"""Who follows a series, and how far each of them is. (S5, S19)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update

from storage.campaigns import campaigns
from storage.database import Transaction
from storage.doors import takes_campaigns
from storage.files import Member, files, member_of, members
from storage.listing import wanted
from storage.once import insert_once
from storage.outbox import outbox
from storage.people import people
from storage.recipients import recipients
from storage.series import Series, series_members
from storage.series import series as series_table
from storage.units import units
from storage.viewer import Viewer

_ZONE = func.coalesce(func.nullif(members.c.zones, ""), units.c.timezone)


class Follower(NamedTuple):
    """`zone` as `zones_named` takes it; `position`: how many lessons they have had or passed."""

    person_id: str
    zone: str
    position: int


class HowFar(NamedTuple):
    member: Member
    position: int
    next_at: datetime | None


async def enrol(
    tx: Transaction,
    now: datetime,
    viewer: Viewer,
    series: Series,
    first_at: Callable[[str], datetime],
    page: int,
) -> int:
    """The next so many who are to follow it and do not yet: each begins at the first lesson.

    `first_at` says of a zone when that is due.
    """
    there = exists().where(
        series_members.c.series_id == series.id, series_members.c.person_id == members.c.person_id
    )
    query = (
        select(members.c.person_id, _ZONE.label("zone"))
        .join(people, people.c.id == members.c.person_id)
        .join(units, units.c.id == members.c.unit_id)
        .where(*_followers(viewer, series, now), ~there)
        .order_by(members.c.person_id)
        .limit(page)
    )
    rows = [
        {
            "series_id": series.id,
            "person_id": row.person_id,
            "position": 0,
            "next_at": first_at(row.zone),
            "began_at": now,
        }
        for row in await tx.conn.execute(query)
    ]
    return await insert_once(tx, series_members, *rows)


async def due(tx: Transaction, now: datetime, viewer: Viewer, series: Series, page: int) -> list[Follower]:
    """Whose next lesson has come due. Whoever left or stopped is passed over, and keeps their place."""
    query = (
        select(members.c.person_id, _ZONE.label("zone"), series_members.c.position)
        .join(series_members, series_members.c.person_id == members.c.person_id)
        .join(people, people.c.id == members.c.person_id)
        .join(units, units.c.id == members.c.unit_id)
        .where(
            series_members.c.series_id == series.id,
            series_members.c.next_at <= now,
            *_followers(viewer, series, now),
        )
        .order_by(series_members.c.next_at, members.c.person_id)
        .limit(page)
    )
    return [Follower(row.person_id, row.zone, row.position) for row in await tx.conn.execute(query)]


async def next_due(tx: Transaction, after: datetime) -> datetime | None:
    """When somebody's next lesson comes due, of those that do so later than `after`."""
    query = (
        select(func.min(series_members.c.next_at))
        .join(series_table, series_table.c.id == series_members.c.series_id)
        .where(series_table.c.state == "running", series_members.c.next_at > after)
    )
    due_at: datetime | None = (await tx.conn.execute(query)).scalar_one_or_none()
    return due_at


async def advance(
    tx: Transaction, series_id: str, person_id: str, position: int, next_at: datetime | None
) -> None:
    this = and_(series_members.c.series_id == series_id, series_members.c.person_id == person_id)
    await tx.conn.execute(update(series_members).where(this).values(position=position, next_at=next_at))


async def had_a_lesson(tx: Transaction, person_id: str, since: datetime) -> bool:
    """Whether any lesson of any campaign went out to them since, or is on its way."""
    on_its_way = or_(recipients.c.step == "waiting", outbox.c.state.in_(["pending", "sending", "held"]))
    query = (
        select(recipients.c.campaign_id)
        .join(campaigns, campaigns.c.id == recipients.c.campaign_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(
            recipients.c.person_id == person_id,
            campaigns.c.kind == "lesson",
            campaigns.c.state != "cancelled",
            or_(outbox.c.sent_at >= since, on_its_way),
        )
    )
    return (await tx.conn.execute(query.limit(1))).first() is not None


async def by_position(tx: Transaction, viewer: Viewer, series_id: str) -> dict[int, int]:
    """How many have had so many lessons, of whom the viewer sees."""
    query = (
        select(series_members.c.position, func.count().label("n"))
        .join(members, members.c.person_id == series_members.c.person_id)
        .where(series_members.c.series_id == series_id, viewer.sees(members))
        .group_by(series_members.c.position)
        .order_by(series_members.c.position)
    )
    return {row.position: row.n for row in await tx.conn.execute(query)}


async def how_far(
    tx: Transaction, viewer: Viewer, series_id: str, after: str = "", limit: int = 20
) -> list[HowFar]:
    """Person by person, by id; `after` is the last one seen."""
    query = (
        files(viewer)
        .add_columns(series_members.c.position, series_members.c.next_at)
        .join(series_members, series_members.c.person_id == members.c.person_id)
        .where(series_members.c.series_id == series_id, members.c.person_id > after)
        .order_by(members.c.person_id)
        .limit(limit)
    )
    return [HowFar(member_of(tx, row), row.position, row.next_at) for row in await tx.conn.execute(query)]


def _followers(viewer: Viewer, series: Series, now: datetime) -> list[ColumnElement[bool]]:
    """Who joined and did not stop; its maker has read the lessons."""
    of_it = wanted(viewer, series.audience, now)
    return [*of_it, takes_campaigns(), members.c.person_id != series.made_by]
