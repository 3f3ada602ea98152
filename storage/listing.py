"""Writes down whom a campaign is for, page by page, in the database alone: a county is never in memory."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, insert, literal, or_, select, update

from content.rules.audience import Audience
from storage.campaigns import Campaign, campaigns
from storage.database import Transaction
from storage.files import members
from storage.people import people
from storage.recipients import recipients
from storage.units import units
from storage.viewer import Viewer, below


async def list_next(tx: Transaction, now: datetime, viewer: Viewer, campaign: Campaign, page: int) -> bool:
    """Write down the recipients among the next so many members; False once all are, who they are as of
    this moment.
    """
    found = _of_all(select(members.c.person_id).where(*wanted(viewer, campaign.audience, now)), campaign)
    if not campaign.listed_to and await _are_few(tx, found, page):
        await _write_down(tx, campaign, found)
        await _mark(tx, campaign, listed_at=now)
        return False
    last = await _last_of_page(tx, campaign, page)
    if last is None:
        await _mark(tx, campaign, listed_at=now)
        return False
    these = (members.c.person_id > campaign.listed_to) & (members.c.person_id <= last)
    await _write_down(tx, campaign, found.where(these))
    await _mark(tx, campaign, listed_to=last)
    return True


async def _are_few(tx: Transaction, found: Select[tuple[str]], page: int) -> bool:
    """A branch is found by its own index, and no county is looked through for it."""
    some = found.limit(page + 1).subquery()
    return (await tx.conn.execute(select(func.count()).select_from(some))).scalar_one() <= page


async def _last_of_page(tx: Transaction, campaign: Campaign, page: int) -> str | None:
    """Of all members, wanted or not. To seek the wanted ones in this order, each page would look through all
    that are left: a county would cost the square of its size.
    """
    ids = select(members.c.person_id).where(members.c.person_id > campaign.listed_to)
    these = ids.order_by(members.c.person_id).limit(page).subquery()
    last: str | None = (await tx.conn.execute(select(func.max(these.c.person_id)))).scalar_one()
    return last


def wanted(viewer: Viewer, audience: Audience, now: datetime) -> list[ColumnElement[bool]]:
    """Clauses for rows of `members` joined to `people`: those of the audience whom the viewer sees."""
    narrowed = [viewer.sees(members)]
    if audience.unsettled:
        narrowed.append(false())
    if not audience.also_at_home:
        narrowed.append(members.c.whereabouts == "out")
    if audience.units:
        narrowed.append(or_(*(below(members, path) for path in audience.units)))
    if audience.places:
        narrowed.append(or_(*(_in_place(prefix) for prefix in audience.places)))
    if audience.trades:
        narrowed.append(members.c.industry.in_(audience.trades))
    if audience.standings:
        narrowed.append(or_(*(_STANDINGS[standing](now) for standing in audience.standings)))
    if audience.languages:
        narrowed.append(people.c.language.in_(audience.languages))
    if audience.only:
        narrowed.append(members.c.person_id.in_(audience.only))
    if audience.but_not:
        narrowed.append(members.c.person_id.not_in(audience.but_not))
    return narrowed


def _of_all(found: Select[tuple[str]], campaign: Campaign) -> Select[tuple[str]]:
    found = found.join(people, people.c.id == members.c.person_id)
    return found.where(members.c.person_id != campaign.made_by) if campaign.made_by else found


_COLUMNS = ["campaign_id", "person_id", "zone", "step", "letters"]


async def _write_down(tx: Transaction, campaign: Campaign, found: Select[tuple[str]]) -> None:
    where_they_live = func.coalesce(func.nullif(members.c.zones, ""), units.c.timezone)
    rows = (
        found.join(units, units.c.id == members.c.unit_id)
        .with_only_columns(
            literal(campaign.id), members.c.person_id, where_they_live, literal("waiting"), literal(0)
        )
        .order_by(members.c.person_id)
    )
    await tx.conn.execute(insert(recipients).from_select(_COLUMNS, rows))


async def _mark(tx: Transaction, campaign: Campaign, **values: object) -> None:
    await tx.conn.execute(update(campaigns).where(campaigns.c.id == campaign.id).values(**values))


def _in_place(prefix: str) -> ColumnElement[bool]:
    """A code begins with the prefix: a range, as an index serves it."""
    return and_(members.c.place_code >= prefix, members.c.place_code < prefix + "~")


_STANDINGS = {
    "silent": lambda now: members.c.silent_after <= now,
    "late": lambda now: (members.c.late_after <= now) & (members.c.silent_after > now),
    "due": lambda now: (members.c.due_from <= now) & (members.c.late_after > now),
    "fresh": lambda now: members.c.due_from > now,
}
