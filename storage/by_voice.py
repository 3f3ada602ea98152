"""Whom no letter reaches is to be told by voice: a task each, made in the database alone. (S6)"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, insert, literal, select, true

from storage.columns import Moment
from storage.database import Transaction
from storage.files import members
from storage.ladder_page import Page, due_in, step
from storage.outbox import outbox
from storage.people import people
from storage.recipients import recipients
from storage.task_owners import reachable_liaison
from storage.tasks import tasks


async def by_voice(tx: Transaction, now: datetime, page: Page, due_at: datetime) -> int:
    """All who are left: a task each, and nothing more happens by itself."""
    await tx.conn.execute(_tasks_for(now, page, due_at))
    return await step(tx, page, true(), step="voice", next_step_at=None)


def _tasks_for(now: datetime, page: Page, due_at: datetime) -> Any:
    task_id = recipients.c.campaign_id + "." + recipients.c.person_id + "." + cast(_how_many(), String)
    made: dict[str, ColumnElement[Any]] = {
        "id": task_id,
        "kind": literal("tell"),
        "member_id": recipients.c.person_id,
        "owner_id": reachable_liaison(),
        "campaign_id": recipients.c.campaign_id,
        "cause": _cause(),
        "opened_at": literal(now, Moment),
        "given_at": literal(now, Moment),
        "due_at": literal(due_at, Moment),
        "raised": literal(0),
    }
    rows = (
        select(*made.values())
        .select_from(recipients)
        .join(members, members.c.person_id == recipients.c.person_id)
        .join(people, people.c.id == recipients.c.person_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(*due_in(page), ~exists().where(_is_theirs(), tasks.c.closed_at.is_(None)))
    )
    return insert(tasks).from_select(list(made), rows)


def _is_theirs() -> ColumnElement[bool]:
    return and_(tasks.c.campaign_id == recipients.c.campaign_id, tasks.c.member_id == recipients.c.person_id)


def _how_many() -> Any:
    """So many tasks they had for this campaign, and the next one's id is another's."""
    earlier = select(func.count()).select_from(tasks).where(_is_theirs())
    return earlier.correlate(recipients).scalar_subquery()


def _cause() -> ColumnElement[str]:
    return case(
        (people.c.joined_at.is_(None), "not_joined"),
        (people.c.lessons_stopped_at.is_not(None), "stopped"),
        (outbox.c.state.in_(["accepted", "unknown"]), "no_receipt"),
        else_=func.coalesce(outbox.c.reason, "no_address"),
    )
