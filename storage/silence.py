"""Who has gone silent: one indexed comparison with the deadline that the last contact set. (S9)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, or_, select

from content.rules.times import A_DAY
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.viewer import Viewer

# Whoever was out of reach has a day to write of their own accord before they are reminded.
BACK_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Counts:
    fresh: int = 0
    due: int = 0
    late: int = 0
    silent: int = 0

    @property
    def all(self) -> int:
        return self.fresh + self.due + self.late + self.silent


@dataclass(frozen=True, slots=True)
class Sought:
    """`not_heard_since` asks by days of silence in place of the deadline; `places` are code prefixes."""

    not_heard_since: datetime | None = None
    place_prefix: str = ""


async def silent(
    tx: Transaction,
    viewer: Viewer,
    now: datetime,
    sought: Sought | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[Member]:
    """Those sought, longest first; `after` is the `page_mark` of the last one seen."""
    sought = sought or Sought()
    since = members.c.last_contact_at if sought.not_heard_since else members.c.silent_after
    query = files(viewer).where(*_asked(now, sought))
    if after:
        moment, person_id = after
        query = query.where(or_(since > moment, (since == moment) & (members.c.person_id > person_id)))
    rows = await tx.conn.execute(query.order_by(since, members.c.person_id).limit(limit))
    return [member_of(tx, row) for row in rows]


def page_mark(member: Member, sought: Sought) -> tuple[datetime, str]:
    """Where the next page of `silent` goes on: in the order of what was asked, days or deadline."""
    since = member.last_contact_at if sought.not_heard_since else member.deadlines.silent_after
    return since, member.id


async def how_many(tx: Transaction, viewer: Viewer, now: datetime, sought: Sought | None = None) -> int:
    query = select(func.count()).select_from(members).where(viewer.sees(members))
    return (await tx.conn.execute(query.where(*_asked(now, sought or Sought())))).scalar_one()


async def counts(tx: Transaction, viewer: Viewer, now: datetime) -> Counts:
    """How many of those away are fresh, due, late and silent."""
    standing = case(
        (members.c.silent_after <= now, "silent"),
        (members.c.late_after <= now, "late"),
        (members.c.due_from <= now, "due"),
        else_="fresh",
    )
    rows = await tx.conn.execute(
        select(standing.label("standing"), func.count().label("n"))
        .where(viewer.sees(members), members.c.whereabouts == "out")
        .group_by(standing)
    )
    return Counts(**{row.standing: row.n for row in rows})


async def ahead_of_the_clock(tx: Transaction, viewer: Viewer, now: datetime) -> list[Member]:
    """Those heard, reminded or reported later than now: a clock went wrong, and would hide them till then."""
    soon = now + A_DAY
    noted = (members.c.last_contact_at, members.c.reminded_at, members.c.reported_at)
    query = files(viewer).where(or_(*(at > soon for at in noted)))
    return [member_of(tx, row) for row in await tx.conn.execute(query.with_for_update(of=members))]


async def to_remind(tx: Transaction, viewer: Viewer, now: datetime, limit: int = 1000) -> list[Member]:
    """Those to be reminded: once when their word is due, and once more when it has become late.

    Whoever said they would be out of reach hears nothing before that time is over; of whom the liaison
    was told is theirs to call. Locked until the reminder is noted: a word that comes meanwhile would
    else be taken for reminded.
    """
    late = (members.c.late_after <= now) & (members.c.reminded_at < members.c.late_after)
    query = files(viewer).where(
        members.c.whereabouts == "out",
        members.c.due_from <= now,
        members.c.reported_at.is_(None),
        or_(
            members.c.quiet_until.is_(None),
            members.c.quiet_until < (now - BACK_FOR).date(),
            members.c.late_after <= now,
        ),
        or_(members.c.reminded_at.is_(None), late & (members.c.reminded_at <= now - A_DAY)),
    )
    query = query.order_by(members.c.due_from, members.c.person_id).limit(limit)
    rows = await tx.conn.execute(query.with_for_update(of=members, skip_locked=True))
    return [member_of(tx, row) for row in rows]


async def to_report(
    tx: Transaction, viewer: Viewer, now: datetime, reminded_before: datetime, limit: int = 1000
) -> list[Member]:
    """The silent of whom nobody was told yet, and who had their reminder and a day to answer it.

    Locked until the report is noted, as in `to_remind`.
    """
    query = files(viewer).where(
        members.c.whereabouts == "out",
        members.c.silent_after <= now,
        members.c.reported_at.is_(None),
        members.c.reminded_at <= reminded_before,
    )
    query = query.order_by(members.c.silent_after, members.c.person_id).limit(limit)
    rows = await tx.conn.execute(query.with_for_update(of=members, skip_locked=True))
    return [member_of(tx, row) for row in rows]


async def late_or_silent(tx: Transaction, viewer: Viewer, now: datetime) -> list[Member]:
    """All whose word is overdue, longest first."""
    query = files(viewer).where(members.c.whereabouts == "out", members.c.late_after <= now)
    rows = await tx.conn.execute(query.order_by(members.c.silent_after, members.c.person_id))
    return [member_of(tx, row) for row in rows]


def _asked(now: datetime, sought: Sought) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = [members.c.whereabouts == "out"]
    if sought.not_heard_since:
        clauses.append(members.c.last_contact_at <= sought.not_heard_since)
    else:
        clauses.append(members.c.silent_after <= now)
    if sought.place_prefix:
        clauses.append(members.c.place_code.startswith(sought.place_prefix, autoescape=True))
    return clauses
