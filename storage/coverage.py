"""How far a lesson has reached, counted by the database: by lesson and by branch. (S5, S6)"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from content.rules.coverage import Coverage
from storage.database import Transaction
from storage.files import Member, files, member_of, members
from storage.lessons import Sending, sending_of, sendings
from storage.outbox import outbox
from storage.recipients import recipients
from storage.units import units
from storage.viewer import Viewer, below

_ANSWERED = recipients.c.answered_at.is_not(None)
_FAILED = outbox.c.state == "failed"
# A chat takes a message or refuses it, and says nothing more; whoever answered has it in any case.
_DELIVERED = or_(
    outbox.c.state == "delivered",
    (outbox.c.state == "accepted") & (outbox.c.channel == "telegram"),
    _ANSWERED,
)
_LEFT = outbox.c.state.in_(["accepted", "delivered", "unknown"]) | _ANSWERED


async def in_sight(
    tx: Transaction, viewer: Viewer, unit_path: str = "", slug: str = "", limit: int = 50
) -> list[Sending]:
    """The lessons that reached for somebody in sight, or that the viewer planned, newest first."""
    reached = (
        select(recipients.c.sending_id)
        .join(members, members.c.person_id == recipients.c.person_id)
        .where(viewer.sees(members), *([below(members, unit_path)] if unit_path else []))
    )
    seen: ColumnElement[bool] = sendings.c.id.in_(reached)
    if viewer.person_id:
        seen = or_(seen, sendings.c.made_by == viewer.person_id)
    if viewer.everything and not unit_path:
        seen = or_(seen, sendings.c.sent_at.is_(None))
    query = select(sendings).where(seen).order_by(sendings.c.id.desc())
    if slug:
        query = query.where(sendings.c.slug == slug)
    return [sending_of(row) for row in await tx.conn.execute(query.limit(limit))]


async def of_sending(tx: Transaction, viewer: Viewer, sending_id: str, unit_path: str = "") -> Coverage:
    row = (await tx.conn.execute(_counted(viewer, sending_id, unit_path))).one()
    return _coverage(row)


async def by_branch(
    tx: Transaction, viewer: Viewer, sending_id: str, unit_path: str = ""
) -> list[tuple[str, Coverage]]:
    """(branch, its coverage), in the order of the tree."""
    query = (
        _counted(viewer, sending_id, unit_path)
        .add_columns(units.c.name, units.c.path)
        .join(units, units.c.id == members.c.unit_id)
        .group_by(units.c.name, units.c.path)
        .order_by(units.c.path)
    )
    return [(row.name, _coverage(row)) for row in await tx.conn.execute(query)]


async def not_yet(
    tx: Transaction, viewer: Viewer, sending_id: str, unit_path: str = "", after: str = "", limit: int = 50
) -> list[tuple[Member, str]]:
    """(who has not answered, the state of their letter), by id; `after` is the last one seen."""
    scope = [below(members, unit_path)] if unit_path else []
    query = (
        files(viewer)
        .add_columns(outbox.c.state.label("letter_state"))
        .join(recipients, recipients.c.person_id == members.c.person_id)
        .join(outbox, (outbox.c.cause == sending_id) & (outbox.c.person_id == members.c.person_id))
        .where(recipients.c.sending_id == sending_id, ~_ANSWERED, members.c.person_id > after, *scope)
        .order_by(members.c.person_id)
        .limit(limit)
    )
    return [(member_of(tx, row), row.letter_state) for row in await tx.conn.execute(query)]


def _counted(viewer: Viewer, sending_id: str, unit_path: str) -> Select[*tuple[Any, ...]]:
    scope = [below(members, unit_path)] if unit_path else []
    return (
        select(
            func.count().label("whole"),
            func.count().filter(_LEFT & (~_FAILED | _ANSWERED)).label("sent"),
            func.count().filter(_DELIVERED).label("delivered"),
            func.count().filter(_ANSWERED).label("answered"),
            func.count().filter(recipients.c.right.is_(True)).label("right_ones"),
            func.count().filter(_FAILED & ~_ANSWERED).label("failed"),
        )
        .select_from(recipients)
        .join(members, members.c.person_id == recipients.c.person_id)
        .join(outbox, (outbox.c.cause == sending_id) & (outbox.c.person_id == members.c.person_id))
        .where(recipients.c.sending_id == sending_id, viewer.sees(members), *scope)
    )


def _coverage(row: Row[*tuple[Any, ...]]) -> Coverage:
    return Coverage(row.whole, row.sent, row.delivered, row.answered, row.right_ones, row.failed)
