"""Who is to hear of which tasks, and that they did: one letter for all of one campaign. (S6)"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from storage.database import Transaction
from storage.files import members
from storage.tasks import Kind, Task, about_others, task_of, tasks
from storage.viewer import Viewer


class News(NamedTuple):
    """So many (`n`) tasks of one kind and campaign that `owner_id` has not heard of.

    `raised`: somebody had them before, and did not see to them. `tried`: they called once, in vain, and it
    is time to call again, for those given `before`.
    """

    owner_id: str
    kind: Kind
    campaign_id: str | None
    raised: bool
    n: int
    tried: bool = False
    before: datetime | None = None


async def untold(tx: Transaction, given_before: datetime, limit: int = 50) -> list[News]:
    """Those of which the first was given so long ago that what belongs to it has come together."""
    raised, tried = (tasks.c.raised > 0).label("was_raised"), (tasks.c.tries > 0).label("was_tried")
    of_one = (tasks.c.owner_id, tasks.c.kind, tasks.c.campaign_id, raised, tried)
    query = (
        select(*of_one, func.count().label("n"))
        .where(tasks.c.closed_at.is_(None), tasks.c.told_at.is_(None), tasks.c.owner_id.is_not(None))
        .where(or_(tasks.c.tries == 0, tasks.c.given_at <= given_before))
        .group_by(*of_one)
        .having(func.min(tasks.c.given_at) <= given_before)
        .order_by(func.min(tasks.c.given_at), tasks.c.owner_id)
        .limit(limit)
    )
    rows = await tx.conn.execute(query)
    return [News(row[0], row[1], row[2], bool(row[3]), row[5], bool(row[4]), given_before) for row in rows]


async def first_of(tx: Transaction, viewer: Viewer, news: News, limit: int) -> list[Task]:
    query = about_others(viewer).where(_of(news)).order_by(tasks.c.id).limit(limit)
    return [task_of(tx, row) for row in await tx.conn.execute(query)]


async def told(tx: Transaction, now: datetime, news: News) -> None:
    await tx.conn.execute(update(tasks).where(_of(news)).values(told_at=now))


async def open_by_owner(tx: Transaction, viewer: Viewer) -> dict[str, int]:
    """How many open tasks each owner has whom they concern."""
    query = (
        select(tasks.c.owner_id, func.count())
        .join(members, members.c.person_id == tasks.c.member_id)
        .where(viewer.sees(members), tasks.c.closed_at.is_(None), tasks.c.owner_id.is_not(None))
        .group_by(tasks.c.owner_id)
    )
    return {row[0]: row[1] for row in await tx.conn.execute(query)}


def _of(news: News) -> ColumnElement[bool]:
    campaign = tasks.c.campaign_id
    return and_(
        tasks.c.closed_at.is_(None),
        tasks.c.told_at.is_(None),
        tasks.c.owner_id == news.owner_id,
        tasks.c.kind == news.kind,
        campaign == news.campaign_id if news.campaign_id else campaign.is_(None),
        (tasks.c.raised > 0) if news.raised else (tasks.c.raised == 0),
        _is_time(news) if news.tried else (tasks.c.tries == 0),
    )


def _is_time(news: News) -> ColumnElement[bool]:
    """Whoever was called this morning is not called again before tomorrow."""
    due = tasks.c.given_at <= news.before if news.before else tasks.c.given_at.is_not(None)
    return and_(tasks.c.tries > 0, due)
