"""Series: lessons in order for each person from their own start, at a pace their sender chose. (S5, S19)"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ForeignKey, Index, Integer, Row, Table, Text, insert, select, update

from content.rules.audience import EVERYBODY, Audience
from storage.columns import Moment, key, metadata
from storage.database import Transaction
from storage.people import people

State = Literal["running", "paused", "ended"]
RUNNING: tuple[State, ...] = ("running",)
GOING: tuple[State, ...] = ("running", "paused")

series = Table(
    "series",
    metadata,
    key(),
    Column("state", Text, nullable=False, index=True),
    Column("made_by", Text, ForeignKey("people.id"), nullable=False, index=True),
    Column("audience", Text, nullable=False),
    Column("every_days", Integer, nullable=False),
    Column("catch_up_days", Integer, nullable=False),
    # By the clock of each who reads it.
    Column("hour", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

series_lessons = Table(
    "series_lessons",
    metadata,
    Column("series_id", Text, ForeignKey("series.id"), primary_key=True),
    Column("nth", Integer, primary_key=True),
    Column("slug", Text, nullable=False),
    # Which its readers join one by one, as their turn comes.
    Column("campaign_id", Text, ForeignKey("campaigns.id"), index=True),
    Column("skipped_at", Moment),
)

series_members = Table(
    "series_members",
    metadata,
    Column("series_id", Text, ForeignKey("series.id"), primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True, index=True),
    # How many of the lessons they have had or passed.
    Column("position", Integer, nullable=False),
    # Empty once they have had them all.
    Column("next_at", Moment),
    Column("began_at", Moment, nullable=False),
    Index("ix_series_members_next", "series_id", "next_at"),
)


class Series(NamedTuple):
    """A lesson every so many days; for who came late every `catch_up_days`, until they have caught up."""

    id: str
    state: State
    made_by: str
    audience: Audience
    every_days: int
    catch_up_days: int
    hour: time
    made_at: datetime


class SeriesLesson(NamedTuple):
    nth: int
    slug: str
    campaign_id: str | None
    skipped_at: datetime | None


async def make(
    tx: Transaction, now: datetime, made_by: str, slugs: Sequence[str], every: int, catch_up: int, hour: time
) -> Series:
    """For all whom its maker answers for; the same one made twice within a tap is one."""
    await tx.conn.execute(select(people.c.id).where(people.c.id == made_by).with_for_update())
    for standing in await of_states(tx, RUNNING):
        same = [one.slug for one in await lessons(tx, standing.id)] == list(slugs)
        if standing.made_by == made_by and same:
            return standing
    made = tx.new_id(now)
    row = {
        "id": made,
        "state": "running",
        "made_by": made_by,
        "audience": EVERYBODY.to_json(),
        "every_days": every,
        "catch_up_days": catch_up,
        "hour": f"{hour:%H:%M}",
        "made_at": now,
    }
    await tx.conn.execute(insert(series).values(row))
    rows = [{"series_id": made, "nth": n, "slug": slug} for n, slug in enumerate(slugs, 1)]
    await tx.conn.execute(insert(series_lessons), rows)
    return Series(made, "running", made_by, EVERYBODY, every, catch_up, hour, now)


async def by_id(tx: Transaction, series_id: str) -> Series | None:
    row = (await tx.conn.execute(select(series).where(series.c.id == series_id))).first()
    return _series(row) if row else None


async def of_states(tx: Transaction, states: Collection[State]) -> list[Series]:
    """Newest first."""
    query = select(series).where(series.c.state.in_(states)).order_by(series.c.id.desc())
    return [_series(row) for row in await tx.conn.execute(query)]


async def lessons(tx: Transaction, series_id: str) -> list[SeriesLesson]:
    """In their order."""
    query = select(series_lessons).where(series_lessons.c.series_id == series_id)
    rows = await tx.conn.execute(query.order_by(series_lessons.c.nth))
    return [SeriesLesson(row.nth, row.slug, row.campaign_id, row.skipped_at) for row in rows]


async def note_lesson(tx: Transaction, series_id: str, nth: int, **values: Any) -> None:
    this = (series_lessons.c.series_id == series_id) & (series_lessons.c.nth == nth)
    await tx.conn.execute(update(series_lessons).where(this).values(**values))


async def step(
    tx: Transaction, now: datetime, series_id: str, before: Collection[State], after: State
) -> bool:
    """False where it stood elsewhere already."""
    ended = {"ended_at": now} if after == "ended" else {}
    this = (series.c.id == series_id) & series.c.state.in_(before)
    return bool((await tx.conn.execute(update(series).where(this).values(state=after, **ended))).rowcount)


def _series(row: Row[Any]) -> Series:
    return Series(
        id=row.id,
        state=row.state,
        made_by=row.made_by,
        audience=Audience.from_json(row.audience),
        every_days=row.every_days,
        catch_up_days=row.catch_up_days,
        hour=time.fromisoformat(row.hour),
        made_at=row.made_at,
    )
