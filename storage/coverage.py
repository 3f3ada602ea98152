"""How far a lesson has reached, counted by the database: by lesson and by branch. (S5, S6)"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select

from content.rules.coverage import Coverage
from storage import fate, unit_names
from storage.campaigns import Campaign, State, campaign_of, campaigns
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.outbox import outbox
from storage.recipients import recipients
from storage.units import units
from storage.viewer import Viewer, below

# What is said of whoever has not answered: where it stands with the liaison goes before what the door says.
_HOW_FAR = case((fate.failed & ~fate.handed & ~fate.not_told, "failed"), else_=fate.fate)
# What left its maker's desk; of the rest nobody hears but its maker, under 草稿.
OFF_THE_DESK: tuple[State, ...] = ("planned", "running", "paused", "finished", "cancelled")


async def in_sight(
    tx: Transaction,
    viewer: Viewer,
    unit_path: str = "",
    slug: str = "",
    limit: int = 50,
    states: Collection[State] = OFF_THE_DESK,
) -> list[Campaign]:
    """What reached for somebody in sight, or what the viewer planned, newest first."""
    reached = (
        select(recipients.c.campaign_id)
        .join(members, members.c.person_id == recipients.c.person_id)
        .where(viewer.sees(members), *([below(members, unit_path)] if unit_path else []))
    )
    seen: ColumnElement[bool] = campaigns.c.id.in_(reached)
    if viewer.person_id:
        seen = or_(seen, campaigns.c.made_by == viewer.person_id)
    if viewer.everything and not unit_path:
        seen = or_(seen, campaigns.c.started_at.is_(None))
    query = select(campaigns).where(seen, campaigns.c.state.in_(states)).order_by(campaigns.c.id.desc())
    if slug:
        query = query.where(campaigns.c.slug == slug)
    return [campaign_of(row) for row in await tx.conn.execute(query.limit(limit))]


async def of_campaign(tx: Transaction, viewer: Viewer, campaign_id: str, unit_path: str = "") -> Coverage:
    row = (await tx.conn.execute(_counted(viewer, campaign_id, unit_path))).one()
    return _coverage(row)


async def by_branch(
    tx: Transaction, viewer: Viewer, campaign_id: str, unit_path: str = ""
) -> list[tuple[str, Coverage]]:
    """(branch, its coverage), in the order of the tree."""
    query = (
        _counted(viewer, campaign_id, unit_path)
        .add_columns(units.c.name, units.c.path)
        .join(units, units.c.id == members.c.unit_id)
        .group_by(units.c.name, units.c.path)
        .order_by(units.c.path)
    )
    rows = (await tx.conn.execute(query)).all()
    called = await unit_names.told_apart(tx, viewer, [row.path for row in rows])
    return [(called[row.path], _coverage(row)) for row in rows]


async def not_yet(
    tx: Transaction, viewer: Viewer, campaign_id: str, unit_path: str = "", after: str = "", limit: int = 50
) -> list[tuple[Member, str]]:
    """(who has not answered and was not told, how far it has come), by id; `after` is the last one seen.

    handed: their liaison is to call; not_told: called in vain; failed: no way; else the letter's state.
    """
    scope = [below(members, unit_path)] if unit_path else []
    query = (
        files(viewer)
        .add_columns(_HOW_FAR.label("letter_state"))
        .join(recipients, recipients.c.person_id == members.c.person_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(
            recipients.c.campaign_id == campaign_id,
            ~fate.answered,
            ~fate.told,
            members.c.person_id > after,
            *scope,
        )
        .order_by(members.c.person_id)
        .limit(limit)
    )
    return [(member_of(tx, row), row.letter_state) for row in await tx.conn.execute(query)]


def _counted(viewer: Viewer, campaign_id: str, unit_path: str) -> Select[*tuple[Any, ...]]:
    scope = [below(members, unit_path)] if unit_path else []
    return (
        select(
            func.count().label("whole"),
            func.count().filter(fate.went_out).label("sent"),
            func.count().filter(fate.has_it).label("delivered"),
            func.count().filter(fate.answered).label("answered"),
            func.count().filter(recipients.c.right.is_(True)).label("right_ones"),
            func.count().filter(fate.failed).label("failed"),
            func.count().filter(fate.handed).label("handed"),
            func.count().filter(fate.told).label("told"),
            func.count().filter(fate.not_told).label("not_told"),
            func.count().filter(fate.told | fate.has_it).label("accounted"),
        )
        .select_from(recipients)
        .join(members, members.c.person_id == recipients.c.person_id)
        .outerjoin(outbox, outbox.c.id == recipients.c.letter_id)
        .where(recipients.c.campaign_id == campaign_id, viewer.sees(members), *scope)
    )


def _coverage(row: Row[*tuple[Any, ...]]) -> Coverage:
    return Coverage(
        all=row.whole,
        sent=row.sent,
        delivered=row.delivered,
        answered=row.answered,
        right=row.right_ones,
        failed=row.failed,
        handed=row.handed,
        told=row.told,
        not_told=row.not_told,
        accounted=row.accounted,
    )
