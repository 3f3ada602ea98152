"""By which clocks somebody lives: what nobody waits for must not fall into their night."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from content.rules.hours import next_allowed
from content.rules.zones import CHINA, zones_named
from storage import holidays
from storage.database import Transaction
from storage.files import members
from storage.offices import offices
from storage.units import units


async def clocks_of(tx: Transaction, person_id: str | None) -> str:
    """Names of zones, one space apart: of their place, else of their unit, else of where they hold office."""
    if person_id is None:
        return CHINA
    where_they_live = func.coalesce(func.nullif(members.c.zones, ""), units.c.timezone)
    file = (
        select(where_they_live)
        .join(units, units.c.id == members.c.unit_id)
        .where(members.c.person_id == person_id)
    )
    found: str | None = (await tx.conn.execute(file)).scalar_one_or_none()
    return found or await _of_their_office(tx, person_id)


async def awake_at(tx: Transaction, now: datetime, person_id: str | None) -> datetime:
    """When what nobody waits for may come to them: now, or after their night or a holiday's morning."""
    zones = zones_named(await clocks_of(tx, person_id))
    return next_allowed(now, zones, holidays=await holidays.known(tx))


async def _of_their_office(tx: Transaction, person_id: str) -> str:
    held = (
        select(units.c.timezone)
        .join(offices, offices.c.unit_id == units.c.id)
        .where(offices.c.person_id == person_id, offices.c.ended_at.is_(None))
        .order_by(offices.c.granted_at, offices.c.id)
        .limit(1)
    )
    found: str | None = (await tx.conn.execute(held)).scalar_one_or_none()
    return found or CHINA
