"""Each morning: whose word is due hears of it first, before anybody else is told. (S9)

Once when it is due, and once more when it has become late: the first one is easily forgotten at work,
and a member who answers the second spares everybody a telephone call.
"""

from __future__ import annotations

from datetime import datetime

from content.rules.silence import days_since, due_day
from content.words.catalogue import tongue
from content.words.reminder import reminder
from storage import members, overdue, post
from storage.database import Transaction
from storage.files import Member
from storage.viewer import the_programme

# A check-in that comes meanwhile waits for as many.
_A_PAGE = 200


async def remind_members(tx: Transaction, now: datetime) -> int:
    """Remind some of those whose turn it is; how many. Call until nobody is left.

    Whoever no letter reaches counts as reminded: the liaison is next.
    """
    await _put_right(tx, now)
    due = await overdue.to_remind(tx, the_programme(), now, _A_PAGE)
    for member in due:
        await _remind(tx, now, member)
    return len(due)


async def _put_right(tx: Transaction, now: datetime) -> None:
    """Whom a clock far ahead noted as heard next year is waited for from today on."""
    for member in await overdue.ahead_of_the_clock(tx, the_programme(), now):
        heard = min(now, member.last_contact_at)
        await members.set_deadlines(tx, member, heard, member.last_contact_kind, member.quiet_until)


async def _remind(tx: Transaction, now: datetime, member: Member) -> None:
    days = days_since(member.last_contact_at, now, member.rhythm.timezone)
    due = due_day(member.last_contact_at, member.rhythm, member.quiet_until)
    overdue = member.standing(now) in ("late", "silent")
    letter = reminder(tongue(member.language), member.name, days, due, overdue)
    key = f"remind:{member.id}:{member.last_contact_at.isoformat()}:{'late' if overdue else 'due'}"
    if member.joined and not member.stopped:
        await post.tell(tx, now, member.id, letter, "reminder", key)
    await members.note_facts(tx, member, reminded_at=now)
