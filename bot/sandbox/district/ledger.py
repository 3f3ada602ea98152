"""What was heard goes into the registers, and whoever is due, late or silent was seen to long ago."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.sandbox.district.roll import Enrolled
from bot.sandbox.district.year import Calendar
from storage import changes, contacts, members
from storage.changes import Change
from storage.contacts import Contact
from storage.database import Transaction
from storage.files import Member
from storage.once import insert_once
from storage.viewer import the_programme

_ROWS_AT_ONCE = 200
# When the morning's jobs run: minutes after the end of the day that a deadline stands for.
_REMINDED_AT, _REPORTED_AT = timedelta(hours=9), timedelta(hours=9, minutes=30)


async def keep_the_year(
    tx: Transaction,
    days: Calendar,
    told: list[tuple[Enrolled, list[Contact]]],
    moves: list[tuple[Member, Change]],
) -> None:
    """The cast's old phone alone is due and not reminded: the demo's first letter goes to him."""
    await _keep_all_but_the_last(tx, told)
    for member, change in moves:
        await changes.record(tx, member, change)
    ends = [(seat, member, heard[-1]) for (seat, member), heard in told if heard]
    for seat, member, last in sorted(ends, key=lambda end: end[2].at):
        until = days.today + timedelta(days=seat.quiet_for) if seat.quiet_for else None
        await contacts.heard(
            tx, last.at, member, last.kind, last.channel, last.by_id, last.note, quiet_until=until
        )
    old_phone = told[2][0][1]
    await _see_to_the_overdue(tx, days.now, not_yet=old_phone.id)


async def _keep_all_but_the_last(tx: Transaction, told: list[tuple[Enrolled, list[Contact]]]) -> None:
    """Row by row these would take longer than a visitor of the demo waits."""
    earlier = [(member, contact) for (_, member), heard in told for contact in heard[:-1]]
    earlier.sort(key=lambda pair: pair[1].at)
    rows = [_row(tx, member, contact) for member, contact in earlier]
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        await insert_once(tx, contacts.contacts, *rows[start : start + _ROWS_AT_ONCE])


def _row(tx: Transaction, member: Member, contact: Contact) -> dict[str, Any]:
    made = tx.new_id(contact.at)
    return {
        "id": made,
        "member_id": member.id,
        "at": contact.at,
        "kind": contact.kind,
        "channel": contact.channel,
        "by_id": contact.by_id,
        "note": tx.seal(contact.note or None, made, "contacts.note"),
    }


async def _see_to_the_overdue(tx: Transaction, now: datetime, not_yet: str) -> None:
    """Reminded and reported on the mornings when the jobs would have: no flood on the first day."""
    for member in await members.everyone(tx, the_programme()):
        standing = member.standing(now)
        if standing == "fresh" or member.id == not_yet:
            continue
        deadlines = member.deadlines
        # Whoever is late had a second reminder, on the first morning of being late.
        since = deadlines.due_from if standing == "due" else deadlines.late_after
        reported = deadlines.silent_after + _REPORTED_AT if standing == "silent" else None
        reminded = max(min(since + _REMINDED_AT, now), since)
        await members.note_facts(tx, member, reminded_at=reminded, reported_at=reported)
