"""Tasks: what only a human can do. Somebody is to be told by voice, or a number seems wrong. (S6)"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    and_,
    func,
    or_,
    select,
    text,
)

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.viewer import Viewer

Kind = Literal["tell", "number_wrong"]
# By call, visit or message; not reached. answered: they have it after all. over: it was called off or came
# to its end. cleared: a word came from the number. replaced: they have another one. right: the liaison says
# that the number is right.
Outcome = Literal[
    "call", "visit", "message", "not_reached", "answered", "over", "cleared", "replaced", "right"
]
# Why nobody was reached; what else it was stands in the note.
Why = Literal["no_reply", "wrong_number", "unwilling", "other"]

OPEN = "closed_at IS NULL"
UNASKED = "unasked_at IS NOT NULL"
UNTOLD = "closed_at IS NULL AND told_at IS NULL"


def _index(name: str, only: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=text(only), postgresql_where=text(only))


tasks = Table(
    "tasks",
    metadata,
    key(),
    Column("kind", Text, nullable=False),
    Column("member_id", Text, ForeignKey("members.person_id"), nullable=False),
    # Empty while nobody answers for the member whom a letter would reach.
    Column("owner_id", Text, ForeignKey("people.id")),
    Column("campaign_id", Text, ForeignKey("campaigns.id")),
    Column("address_id", Text, ForeignKey("addresses.id")),
    # Why it came to this: a word of the table of receipts, or not_joined, stopped, no_receipt.
    Column("cause", Text, nullable=False, default=""),
    Column("opened_at", Moment, nullable=False),
    # Since when it is this owner's, and when they were written to about it.
    Column("given_at", Moment, nullable=False),
    Column("told_at", Moment),
    # When it goes to the next one above; how often it went.
    Column("due_at", Moment),
    Column("raised", Integer, nullable=False, default=0, server_default="0"),
    # How often this owner called in vain, and when last: it stays theirs until the second time.
    Column("tries", Integer, nullable=False, default=0, server_default="0"),
    Column("tried_at", Moment),
    Column("closed_at", Moment),
    Column("closed_by", Text, ForeignKey("people.id")),
    Column("outcome", Text),
    Column("why", Text),
    Column("note", SealedBytes),
    # Since when its owner, who was asked to call, need not: until they have heard.
    Column("unasked_at", Moment),
    _index("ix_tasks_open", OPEN, "owner_id", "opened_at"),
    _index("ix_tasks_untold", UNTOLD, "owner_id", "campaign_id", "given_at"),
    _index("ix_tasks_unasked", UNASKED, "owner_id", "unasked_at"),
    _index("ix_tasks_due", OPEN, "due_at"),
    Index("ix_tasks_address", "address_id"),
    Index("ix_tasks_member", "member_id", "campaign_id"),
)


class Task(NamedTuple):
    """`cause` is why it came to this; `raised` how often it was handed to the next one above; `tries` how
    often whoever has it called in vain.
    """

    id: str
    kind: Kind
    member: Member
    owner_id: str | None
    campaign_id: str | None
    address_id: str | None
    cause: str
    opened_at: datetime
    raised: int
    tries: int
    tried_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None
    why: Why | None


_READ = tuple(field for field in Task._fields if field != "member")


async def by_id(tx: Transaction, viewer: Viewer, task_id: str) -> Task | None:
    row = (await tx.conn.execute(about_others(viewer).where(tasks.c.id == task_id))).first()
    return task_of(tx, row) if row else None


async def to_do(tx: Transaction, viewer: Viewer, after: str = "", limit: int = 20) -> list[Task]:
    """The viewer's own open tasks, and those in sight that are nobody's; oldest first, `after` an id."""
    query = about_others(viewer).where(_for(viewer), tasks.c.closed_at.is_(None), tasks.c.id > after)
    rows = await tx.conn.execute(query.order_by(tasks.c.id).limit(limit))
    return [task_of(tx, row) for row in rows]


class Load(NamedTuple):
    """How many open tasks are the viewer's to do, and how many others in sight are with somebody else."""

    own: int
    with_others: int


async def load(tx: Transaction, viewer: Viewer) -> Load:
    mine = _for(viewer)
    query = (
        select(func.count().filter(mine), func.count().filter(~mine))
        .select_from(tasks)
        .join(members, members.c.person_id == tasks.c.member_id)
        .where(viewer.sees(members), tasks.c.closed_at.is_(None), members.c.person_id != viewer.person_id)
    )
    own, others = (await tx.conn.execute(query)).one()
    return Load(own, others)


async def open_of_member(tx: Transaction, viewer: Viewer, member_id: str) -> list[Task]:
    query = about_others(viewer).where(tasks.c.member_id == member_id, tasks.c.closed_at.is_(None))
    return [task_of(tx, row) for row in await tx.conn.execute(query.order_by(tasks.c.id))]


async def with_somebody_else(tx: Transaction, viewer: Viewer) -> list[Task]:
    """Open tasks to tell somebody that went up from the viewer, who is still that member's liaison."""
    went_up = and_(tasks.c.raised > 0, tasks.c.kind == "tell", tasks.c.owner_id != viewer.person_id)
    theirs = and_(tasks.c.closed_at.is_(None), members.c.liaison_id == viewer.person_id)
    query = about_others(viewer).where(went_up, theirs).order_by(tasks.c.id)
    return [task_of(tx, row) for row in await tx.conn.execute(query)]


async def closed_by_viewer(tx: Transaction, viewer: Viewer, since: datetime) -> list[Task]:
    """What the viewer closed since then, the last first."""
    query = about_others(viewer).where(tasks.c.closed_by == viewer.person_id, tasks.c.closed_at > since)
    return [task_of(tx, row) for row in await tx.conn.execute(query.order_by(tasks.c.closed_at.desc()))]


def _for(viewer: Viewer) -> ColumnElement[bool]:
    nobody_s = tasks.c.owner_id.is_(None)
    mine = func.coalesce(tasks.c.owner_id, "") == viewer.person_id
    return or_(mine, nobody_s) if viewer.units else mine


def about_others(viewer: Viewer) -> Select[tuple[object, ...]]:
    """The one SELECT of tasks, with the files they are about: nobody is shown one about themselves."""
    others = members.c.person_id != viewer.person_id
    labels = [tasks.c[name].label(f"task_{name}") for name in _READ]
    return (
        files(viewer).add_columns(*labels).join(tasks, and_(tasks.c.member_id == members.c.person_id, others))
    )


def task_of(tx: Transaction, row: Row[Any]) -> Task:
    kept = row._mapping
    told = {name: kept[f"task_{name}"] for name in _READ}
    return Task(member=member_of(tx, row), **told)
