"""The ladder of a campaign's letters: which of those due for a step need none, and what becomes of the rest.

Set by set: of a county's lesson nearly all letters arrived, and lose their next step in one statement.
`until` closes a page of work, `theirs` are its campaigns. (S6)
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from storage import feeding, hindered
from storage.campaigns import Campaign, campaigns
from storage.columns import Moment
from storage.database import Transaction
from storage.doors import best_door_of
from storage.feeding import Patience
from storage.hindered import is_of_ours
from storage.ladder_page import Page, due_in, letter_is, of_letter, step
from storage.outbox import outbox
from storage.people import people
from storage.recipients import recipients

# What nobody sends any more: it came too late, was called off, or its reader has left.
_OVER = ("expired", "cancelled", "withdrawn")
_NO_STEP = {"next_step_at": None}


async def leave_in_peace(tx: Transaction, page: Page, gives_receipts: bool) -> int:
    """Those who have it or answered, and those of whom the ladder has made something already."""
    taken = outbox.c.state == "accepted"
    arrived = or_(
        outbox.c.state == "delivered",
        # A chat that took it says no more; nor does a company that gives no receipts.
        taken & (outbox.c.channel == "telegram") if gives_receipts else taken,
        # It went out while that had a meaning.
        outbox.c.state.in_(["accepted", "unknown"]) & recipients.c.campaign_id.in_(_cancelled(page)),
    )
    done = or_(
        recipients.c.answered_at.is_not(None),
        recipients.c.step.in_(["told", "not_told", "left_out"]),
        letter_is(arrived),
    )
    return await step(tx, page, done, **_NO_STEP)


async def leave_out(tx: Transaction, now: datetime, page: Page) -> int:
    """Those for whom it comes too late, or was called off, and those who have left since it was written."""
    late = recipients.c.campaign_id.in_([one.id for one in page.campaigns if _is_late(one, now)])
    called_off = recipients.c.campaign_id.in_(_cancelled(page))
    failed_for = of_letter(case((outbox.c.state == "failed", outbox.c.reason)))
    has_left = recipients.c.letter_id.is_not(None) & exists().where(
        people.c.id == recipients.c.person_id, people.c.joined_at.is_(None)
    )
    kept_by = of_letter(case((is_of_ours(outbox.c.reason), outbox.c.reason)))
    why = case(
        (failed_for.in_(_OVER), failed_for),
        (late & kept_by.is_not(None), kept_by),
        (called_off, "cancelled"),
        (late, "expired"),
        else_="withdrawn",
    )
    over = or_(failed_for.in_(_OVER), called_off, late, has_left)
    return await step(tx, page, over, step="left_out", why=why, **_NO_STEP)


async def leave_out_of_cancelled(tx: Transaction, since: datetime, size: int) -> int:
    """Those of campaigns cancelled since then who were not written to at all."""
    waiting = (
        select(recipients.c.campaign_id, recipients.c.person_id)
        .join(campaigns, campaigns.c.id == recipients.c.campaign_id)
        .where(campaigns.c.state == "cancelled", campaigns.c.ended_at > since, recipients.c.step == "waiting")
        .limit(size)
    )
    left = await tx.conn.execute(
        update(recipients)
        .where(tuple_(recipients.c.campaign_id, recipients.c.person_id).in_(waiting))
        .values(step="left_out", why="cancelled")
    )
    return left.rowcount


async def sleeping_zones(tx: Transaction, page: Page) -> list[str]:
    """In which zones letters of this page wait that may not come at any hour."""
    query = select(outbox.c.zone).join(recipients, recipients.c.letter_id == outbox.c.id)
    query = query.where(*due_in(page), outbox.c.state == "pending", outbox.c.zone != "")
    return list((await tx.conn.execute(query.distinct())).scalars())


async def wait_for_day(tx: Transaction, page: Page, zone: str, opens: datetime, patience: Patience) -> int:
    """A letter that waits for the morning is not late: its patience begins then."""
    by_door = of_letter(
        case(
            (outbox.c.channel == "telegram", literal(opens + patience.chat, Moment)),
            else_=literal(opens + patience.sms, Moment),
        )
    )
    waits = letter_is((outbox.c.state == "pending") & (outbox.c.zone == zone))
    return await step(tx, page, waits, next_step_at=by_door)


class Since(NamedTuple):
    """Nothing is done about a letter that may have arrived (`unknown`), or that waits at the only door of
    its reader (`alone`), where it was written after that.
    """

    unknown: datetime
    alone: datetime


async def wait_longer(tx: Transaction, page: Page, since: Since, until: datetime) -> int:
    """Those whose letter is in the air, or held with its campaign, and those who have not waited enough."""
    sent_at = func.coalesce(outbox.c.sent_at, outbox.c.made_at)
    in_the_air = outbox.c.state.in_(["sending", "held"])
    maybe_arrived = (outbox.c.state == "unknown") & (sent_at > since.unknown)
    not_yet = (outbox.c.state == "pending") & (outbox.c.made_at > since.alone)
    no_other = best_door_of(recipients.c.person_id, _untried).is_(None)
    # Nothing is wrong with its reader: whoever is to call twenty thousand people mends the account sooner.
    ours_to_mend = (outbox.c.state == "pending") & (
        is_of_ours(outbox.c.reason) | outbox.c.channel.in_(await hindered.doors(tx))
    )
    waits = or_(letter_is(or_(in_the_air, maybe_arrived)), letter_is(or_(not_yet, ours_to_mend)) & no_other)
    return await step(tx, page, waits, next_step_at=literal(until, Moment))


async def call_off_what_waits(tx: Transaction, now: datetime, page: Page) -> int:
    """It goes out by another way now: by both it would be said twice."""
    theirs = select(recipients.c.letter_id).where(*due_in(page), recipients.c.step == "letter")
    called_off = await tx.conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(theirs), outbox.c.state == "pending")
        .values(state="failed", reason="took_too_long", settled_at=now)
    )
    return called_off.rowcount


async def by_the_next_door(tx: Transaction, now: datetime, page: Page, patience: Patience) -> int:
    """Another letter to those who have a door by which this campaign has not come to them."""
    due = select(recipients.c.campaign_id, recipients.c.person_id).where(*due_in(page))
    by_campaign: dict[str, list[str]] = {}
    for campaign_id, person_id in await tx.conn.execute(due.where(recipients.c.step == "letter")):
        by_campaign.setdefault(campaign_id, []).append(person_id)
    written = 0
    for campaign in page.campaigns:
        # By their ids: what makes letters would else be read in the order of all persons there are.
        whom = recipients.c.person_id.in_(by_campaign.get(campaign.id, ()))
        theirs = [recipients.c.campaign_id == campaign.id, whom]
        written += await feeding.write(tx, now, campaign, theirs, patience, _untried)
    return written


def _untried(door: Any) -> ColumnElement[bool]:
    """No letter of this campaign went to it."""
    earlier = outbox.alias("earlier_letter")
    went_there = exists().where(
        earlier.c.person_id == recipients.c.person_id,
        earlier.c.campaign_id == recipients.c.campaign_id,
        earlier.c.address_id == door.c.id,
    )
    # Named, as this stands two questions deep: a FROM of its own would mean anybody's letter.
    return ~went_there.correlate(recipients, door)


def _is_late(campaign: Campaign, now: datetime) -> bool:
    return campaign.expires_at is not None and campaign.expires_at <= now


def _cancelled(page: Page) -> list[str]:
    return [one.id for one in page.campaigns if one.cancelled]
