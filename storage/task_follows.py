"""Open tasks follow what has become of their member: another liaison, or a letter that arrived after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, update

from storage.campaigns import campaigns
from storage.columns import Moment
from storage.database import Transaction
from storage.files import members
from storage.outbox import outbox
from storage.recipients import recipients
from storage.task_closing import by_itself
from storage.task_owners import Ownerless, answers_for_a_unit, reachable_liaison
from storage.tasks import Task, about_others, task_of, tasks
from storage.viewer import Viewer

# A notice sent once more arrives at several phones in the same minutes: one letter for all of them.
TOGETHER = timedelta(minutes=5)


class Handed(NamedTuple):
    """A task that another liaison does from now on. `known`: the one before had been written to about it."""

    task_id: str
    old_owner: str
    new_owner: str
    known: bool


async def with_a_former_liaison(tx: Transaction, limit: int) -> list[Handed]:
    """Those that lie with somebody else than their member's liaison, though a letter reaches that one.

    What nobody saw to in time has gone one up, and stays there.
    """
    now_theirs = reachable_liaison().label("now_theirs")
    query = (
        select(tasks.c.id, tasks.c.owner_id, now_theirs, tasks.c.told_at.is_not(None))
        .join(members, members.c.person_id == tasks.c.member_id)
        .where(*lies_with_a_former_liaison())
        .order_by(tasks.c.id)
        .limit(limit)
    )
    return [Handed(row[0], row[1], row[2], bool(row[3])) for row in await tx.conn.execute(query)]


async def of_nobody_s_member(tx: Transaction, limit: int) -> list[Ownerless]:
    """Those whose owner was the liaison of a member who has none now."""
    query = (
        select(tasks.c.id, members.c.unit_path, tasks.c.member_id, tasks.c.owner_id)
        .join(members, members.c.person_id == tasks.c.member_id)
        .where(*lies_with_nobody_s_liaison())
        .order_by(tasks.c.id)
        .limit(limit)
    )
    return [Ownerless(*row) for row in await tx.conn.execute(query)]


async def close_what_arrived(tx: Transaction, now: datetime) -> int:
    """Sent once more it arrived: nobody needs to call."""
    closed = await tx.conn.execute(update(tasks).where(arrived_after_all()).values(**by_itself(now)))
    return closed.rowcount


async def close_what_is_over(tx: Transaction, now: datetime) -> int:
    """Called off, or past its end: nobody is to call, and each of them is missing for that reason."""
    to_tell = (tasks.c.kind == "tell") & tasks.c.closed_at.is_(None)
    ended = (
        select(campaigns.c.id, campaigns.c.state)
        .join(tasks, tasks.c.campaign_id == campaigns.c.id)
        .where(to_tell, _ended(literal(now, Moment)))
        .distinct()
    )
    done = 0
    for campaign_id, state in (await tx.conn.execute(ended)).all():
        of_it = (recipients.c.campaign_id == campaign_id) & (recipients.c.step == "voice")
        why = "cancelled" if state == "cancelled" else "expired"
        await tx.conn.execute(update(recipients).where(of_it).values(step="left_out", why=why))
        open_still = (tasks.c.campaign_id == campaign_id) & tasks.c.closed_at.is_(None)
        values = by_itself(now) | {"outcome": "over"}
        done += (await tx.conn.execute(update(tasks).where(open_still).values(**values))).rowcount
    return done


def is_about_what_is_over(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Of an open task to tell somebody: its campaign was called off, or is past its end."""
    still_open = and_(tasks.c.closed_at.is_(None), tasks.c.kind == "tell")
    return and_(still_open, exists().where(campaigns.c.id == tasks.c.campaign_id, _ended(now)))


def _ended(now: ColumnElement[datetime]) -> ColumnElement[bool]:
    return or_(campaigns.c.state == "cancelled", campaigns.c.expires_at <= now)


def lies_with_a_former_liaison() -> list[ColumnElement[bool]]:
    """Clauses for rows of `tasks` beside their `members`."""
    return [tasks.c.closed_at.is_(None), tasks.c.raised == 0, tasks.c.owner_id != reachable_liaison()]


def lies_with_nobody_s_liaison() -> list[ColumnElement[bool]]:
    """The same: the member has no liaison any more, and the owner answers for no branch."""
    return [
        tasks.c.closed_at.is_(None),
        tasks.c.raised == 0,
        tasks.c.owner_id.is_not(None),
        members.c.liaison_id.is_(None),
        ~answers_for_a_unit(tasks.c.owner_id),
    ]


def arrived_after_all() -> ColumnElement[bool]:
    """Of an open task to tell somebody: they have the letter by now."""
    arrived = or_(
        outbox.c.state == "delivered", (outbox.c.state == "accepted") & (outbox.c.channel == "telegram")
    )
    has_it = exists().where(
        recipients.c.campaign_id == tasks.c.campaign_id,
        recipients.c.person_id == tasks.c.member_id,
        recipients.c.step == "letter",
        outbox.c.id == recipients.c.letter_id,
        arrived,
    )
    # A range of the index of what is open: the closed ones are years of work.
    still_open = and_(tasks.c.closed_at.is_(None), tasks.c.kind == "tell")
    return and_(still_open, has_it)


async def needless(tx: Transaction, closed_before: datetime) -> list[str]:
    """Owners who were asked to call somebody whom they need not call any more, and have not heard that."""
    query = (
        select(tasks.c.owner_id)
        .where(tasks.c.unasked_at.is_not(None))
        .group_by(tasks.c.owner_id)
        .having(func.min(tasks.c.unasked_at) <= closed_before)
    )
    return [row[0] for row in await tx.conn.execute(query) if row[0]]


async def needless_of(tx: Transaction, viewer: Viewer, owner_id: str) -> list[Task]:
    query = about_others(viewer).where(tasks.c.unasked_at.is_not(None), tasks.c.owner_id == owner_id)
    return [task_of(tx, row) for row in await tx.conn.execute(query.order_by(tasks.c.id))]


async def by_ids(tx: Transaction, viewer: Viewer, task_ids: Sequence[str]) -> list[Task]:
    query = about_others(viewer).where(tasks.c.id.in_(task_ids)).order_by(tasks.c.id)
    return [task_of(tx, row) for row in await tx.conn.execute(query)]


async def unasked(tx: Transaction, owner_id: str) -> None:
    """They have heard."""
    theirs = (tasks.c.owner_id == owner_id) & tasks.c.unasked_at.is_not(None)
    await tx.conn.execute(update(tasks).where(theirs).values(unasked_at=None))
