"""Gives the outbox the next letters of a campaign, a few thousand ahead of what is sent.

The rows are made in the database; the words stand once, with the campaign. So a pause finds little to
hold back, and a county costs no memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, case, cast, func, insert, literal, select, update

from storage.addresses import addresses
from storage.campaigns import Campaign
from storage.choices import QUESTION, choices
from storage.columns import Moment
from storage.database import Transaction
from storage.doors import Untried, best_door_of, takes_campaigns
from storage.outbox import BULK, outbox
from storage.people import people
from storage.recipients import recipients


class Patience(NamedTuple):
    """How long a letter may take by each door before the next step is taken."""

    chat: timedelta
    sms: timedelta


async def waiting_zones(tx: Transaction, campaign_id: str) -> list[str]:
    """In which zones somebody waits to be written to."""
    zones: list[str] = []
    # From one to the next: to look for all at once, a million rows would be read for three names.
    while zone := await _zone_after(tx, campaign_id, zones[-1] if zones else ""):
        zones.append(zone)
    return zones


async def _zone_after(tx: Transaction, campaign_id: str, zone: str) -> str | None:
    query = select(recipients.c.zone).where(
        recipients.c.campaign_id == campaign_id, recipients.c.step == "waiting", recipients.c.zone > zone
    )
    found = await tx.conn.execute(query.order_by(recipients.c.zone).limit(1))
    after: str | None = found.scalar_one_or_none()
    return after


async def in_the_outbox(tx: Transaction, enough: int) -> int:
    """How many letters of campaigns wait to be sent, counted up to `enough`."""
    waiting = select(outbox.c.id).where(outbox.c.state == "pending", outbox.c.priority == BULK).limit(enough)
    return int((await tx.conn.execute(select(func.count()).select_from(waiting.subquery()))).scalar_one())


async def feed(
    tx: Transaction, now: datetime, campaign: Campaign, zone: str, page: int, patience: Patience
) -> int:
    """Write to the next so many who wait in this zone; how many those were.

    Whom no door reaches goes to the next step.
    """
    last = await _last_of_page(tx, campaign, zone, page)
    if last is None:
        return 0
    theirs = [*_waiting(campaign, zone), recipients.c.person_id <= last]
    written = await write(tx, now, campaign, theirs, patience)
    left = update(recipients).where(*theirs).values(step="voice", next_step_at=now)
    return written + (await tx.conn.execute(left)).rowcount


async def write(
    tx: Transaction,
    now: datetime,
    campaign: Campaign,
    theirs: Sequence[ColumnElement[bool]],
    patience: Patience,
    untried: Untried | None = None,
) -> int:
    """The next letter to each of these recipients who has a door for it; how many have.

    `theirs` are clauses for rows of `campaign_recipients`, and hold until it is written.
    """
    await tx.conn.execute(_letters(now, campaign, theirs, untried))
    await tx.conn.execute(_questions(now, campaign, theirs))
    return (await tx.conn.execute(_written(now, theirs, patience))).rowcount


async def _last_of_page(tx: Transaction, campaign: Campaign, zone: str, page: int) -> str | None:
    ids = select(recipients.c.person_id).where(*_waiting(campaign, zone)).order_by(recipients.c.person_id)
    last = select(func.max(ids.limit(page).subquery().c.person_id))
    found: str | None = (await tx.conn.execute(last)).scalar_one()
    return found


def _waiting(campaign: Campaign, zone: str) -> list[ColumnElement[bool]]:
    return [
        recipients.c.campaign_id == campaign.id,
        recipients.c.step == "waiting",
        recipients.c.zone == zone,
    ]


def _letter_id() -> ColumnElement[str]:
    """Its like cannot be made twice, whatever happens: campaign, person, and the how-manieth letter."""
    nth = cast(recipients.c.letters + 1, String)
    return recipients.c.campaign_id + "." + recipients.c.person_id + "." + nth


def _letters(
    now: datetime, campaign: Campaign, theirs: Sequence[ColumnElement[bool]], untried: Untried | None
) -> Any:
    made: dict[str, ColumnElement[Any]] = {
        "id": _letter_id(),
        "person_id": recipients.c.person_id,
        "address_id": addresses.c.id,
        "channel": addresses.c.channel,
        "kind": literal("lesson" if campaign.kind == "lesson" else "campaign"),
        "cause": literal(""),
        "campaign_id": recipients.c.campaign_id,
        "priority": literal(BULK),
        "state": literal("pending"),
        "attempts": literal(0),
        "unsure": literal(0),
        "not_before": literal(now, Moment),
        "made_at": literal(now, Moment),
        "zone": literal("") if campaign.at_any_hour else recipients.c.zone,
        "expires_at": literal(campaign.expires_at, Moment),
    }
    rows = (
        select(*made.values())
        .join(people, people.c.id == recipients.c.person_id)
        .join(addresses, addresses.c.id == best_door_of(recipients.c.person_id, untried))
        .where(takes_campaigns(), *theirs)
        .order_by(recipients.c.person_id)
    )
    return insert(outbox).from_select(list(made), rows)


def _questions(now: datetime, campaign: Campaign, theirs: Sequence[ColumnElement[bool]]) -> Any:
    """One row for all the answers: what they mean stands with the campaign."""
    earlier = choices.alias("earlier")
    nth = select(func.coalesce(func.max(earlier.c.nth), 0) + 1).where(
        earlier.c.address_index == addresses.c.value_index
    )
    made: dict[str, ColumnElement[Any]] = {
        "token": outbox.c.id + QUESTION,
        "outbox_id": outbox.c.id,
        "campaign_id": outbox.c.campaign_id,
        "address_index": addresses.c.value_index,
        "person_id": outbox.c.person_id,
        "n": literal(0),
        "offered_at": literal(now, Moment),
        "nth": nth.scalar_subquery(),
        "chosen_by": literal("letter" if campaign.slug else "word"),
    }
    rows = (
        select(*made.values())
        .select_from(recipients)
        .join(outbox, outbox.c.id == _letter_id())
        .join(addresses, addresses.c.id == outbox.c.address_id)
        .where(*theirs)
    )
    if not campaign.slug:
        # A notice has a button in the chat alone: an old phone need not answer it.
        rows = rows.where(outbox.c.channel == "telegram")
    return insert(choices).from_select(list(made), rows)


def _written(now: datetime, theirs: Sequence[ColumnElement[bool]], patience: Patience) -> Any:
    """Those whose letter is in the outbox now, each with the moment at which it is looked after."""
    # By a name of its own: `theirs` may ask the outbox for other letters.
    letter = outbox.alias("letter")
    by_chat, by_sms = literal(now + patience.chat, Moment), literal(now + patience.sms, Moment)
    return (
        update(recipients)
        .where(*theirs, letter.c.id == _letter_id())
        .values(
            step="letter",
            letter_id=letter.c.id,
            letters=recipients.c.letters + 1,
            next_step_at=case((letter.c.channel == "telegram", by_chat), else_=by_sms),
        )
    )
