"""The clock's own questions about silence: whom to remind, whom to report. (S9)

Each reads only those of whom something is to be done: whoever was seen to has left its index.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, literal_column, or_, select

from content.rules.times import A_DAY
from storage.database import Transaction
from storage.files import REMINDED, TO_REMIND, Member, day_number, files, member_of, members
from storage.sight import away
from storage.tallies import EVERYTHING, tallies
from storage.viewer import Viewer

# Whoever was out of reach has a day to write of their own accord before they are reminded.
BACK_FOR = timedelta(days=2)

_not_yet: ColumnElement[bool] = literal_column(TO_REMIND)
_once: ColumnElement[bool] = literal_column(REMINDED)


async def to_remind(tx: Transaction, viewer: Viewer, now: datetime, limit: int = 1000) -> list[Member]:
    """Those to be reminded: once when their word is due, and once more when it has become late.

    Whoever said they would be out of reach hears nothing before that time is over; of whom the liaison
    was told is theirs to call. Locked until the reminder is noted: a word that comes meanwhile would
    else be taken for reminded.
    """
    back = or_(
        members.c.quiet_until.is_(None),
        members.c.quiet_until < (now - BACK_FOR).date(),
        members.c.late_after <= now,
    )
    first = await _locked(tx, viewer, limit, members.c.due_from, _not_yet, members.c.due_from <= now, back)
    if len(first) == limit:
        return first
    again = (
        members.c.late_after <= now,
        members.c.reminded_at < members.c.late_after,
        members.c.reminded_at <= now - A_DAY,
    )
    return first + await _locked(tx, viewer, limit - len(first), members.c.late_after, _once, *again)


async def to_report(
    tx: Transaction, viewer: Viewer, now: datetime, reminded_before: datetime, limit: int = 1000
) -> list[Member]:
    """The silent of whom nobody was told yet, and who had their reminder and a day to answer it.

    Locked until the report is noted, as in `to_remind`.
    """
    asked = (
        # Nobody is silent who is not late: this is what the index is read by.
        members.c.late_after <= now,
        members.c.silent_after <= now,
        members.c.reminded_at <= reminded_before,
    )
    return await _locked(tx, viewer, limit, members.c.late_after, _once, *asked)


async def ahead_of_the_clock(tx: Transaction, viewer: Viewer, now: datetime) -> list[Member]:
    """Those heard, reminded or reported later than now: a clock went wrong, and would hide them till then."""
    soon = now + A_DAY
    days = select(tallies.c.silent_after, tallies.c.heard_on).distinct()
    heard = days.where(tallies.c.unit_id == EVERYTHING, tallies.c.heard_on >= day_number(soon.date()))
    found: set[str] = set()
    for silent_after, heard_on in await tx.conn.execute(heard):
        found |= await _ids(
            tx,
            away,
            members.c.silent_after == silent_after,
            members.c.heard_on == heard_on,
            members.c.last_contact_at > soon,
        )
    found |= await _ids(tx, _once, members.c.reminded_at > soon)
    found |= await _ids(tx, members.c.reported_at.is_not(None), members.c.reported_at > soon)
    query = files(viewer).where(members.c.person_id.in_(found))
    return [member_of(tx, row) for row in await tx.conn.execute(query.with_for_update(of=members))]


async def _locked(
    tx: Transaction, viewer: Viewer, limit: int, since: ColumnElement[datetime], *asked: ColumnElement[bool]
) -> list[Member]:
    query = files(viewer).where(*asked).order_by(since, members.c.person_id).limit(limit)
    rows = await tx.conn.execute(query.with_for_update(of=members, skip_locked=True))
    return [member_of(tx, row) for row in rows]


async def _ids(tx: Transaction, *asked: ColumnElement[bool]) -> set[str]:
    return set((await tx.conn.execute(select(members.c.person_id).where(*asked))).scalars())
