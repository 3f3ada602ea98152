"""Who sent a campaign, as far as it matters who may stop it: whom it is for, and by which clock they live."""

from __future__ import annotations

from sqlalchemy import select

from content.rules.roles import may
from content.rules.zones import CHINA
from storage import offices
from storage.campaigns import Campaign
from storage.database import Transaction
from storage.offices import Office
from storage.units import units


async def clock_of(tx: Transaction, campaign: Campaign) -> str:
    """The time zone of the first unit that it is for."""
    paths = await reached_below(tx, campaign)
    found = select(units.c.timezone).where(units.c.path.in_(paths)).order_by(units.c.path).limit(1)
    return (await tx.conn.execute(found)).scalar_one_or_none() or CHINA


async def reached_below(tx: Transaction, campaign: Campaign) -> tuple[str, ...]:
    """The paths of the units of which it may reach anybody; () where its sender holds no office any more."""
    if campaign.audience.units:
        return campaign.audience.units
    if campaign.made_by is not None:
        return tuple(office.unit_path for office in await offices.offices_of(tx, campaign.made_by))
    unit = select(units.c.path).where(units.c.id == campaign.unit_id)
    return tuple((await tx.conn.execute(unit)).scalars())


async def may_stop(tx: Transaction, campaign: Campaign, person_id: str) -> bool:
    """Its sender, and whoever holds an office over all whom it may reach; a liaison's is none."""
    if campaign.made_by == person_id:
        return True
    return await _stands_over(tx, person_id, await reached_below(tx, campaign))


async def may_stop_series(tx: Transaction, made_by: str, person_id: str) -> bool:
    """The same of a series, which is for all whom its maker answers for."""
    reached = tuple(office.unit_path for office in await offices.offices_of(tx, made_by))
    return made_by == person_id or await _stands_over(tx, person_id, reached)


async def _stands_over(tx: Transaction, person_id: str, paths: tuple[str, ...]) -> bool:
    held = await offices.offices_of(tx, person_id)
    over = [office.unit_path for office in held if _is_over_units(office)]
    return bool(paths) and all(any(path.startswith(above) for above in over) for path in paths)


def _is_over_units(office: Office) -> bool:
    return may(frozenset({office.role}), "secretary")
