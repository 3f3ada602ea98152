"""Whoever moves takes what waits for them along: it comes in the hours of the new place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select, update

from storage.database import Transaction
from storage.files import members
from storage.outbox import outbox
from storage.recipients import recipients
from storage.units import units


async def take_along(tx: Transaction, person_ids: Collection[str]) -> None:
    """Their clocks may have changed: what is to be written to them, and what is written and waits."""
    theirs = recipients.c.person_id.in_(person_ids), recipients.c.step.in_(["waiting", "letter"])
    where_now = _where_they_live(recipients.c.person_id)
    await tx.conn.execute(update(recipients).where(*theirs).values(zone=where_now))
    waits = outbox.c.person_id.in_(person_ids), outbox.c.state.in_(["pending", "held"]), outbox.c.zone != ""
    # One that slept by the old clock is asked about again at once; one that is to be tried again is not.
    not_before = case((outbox.c.attempts == 0, outbox.c.made_at), else_=outbox.c.not_before)
    moved = {"zone": _where_they_live(outbox.c.person_id), "not_before": not_before}
    await tx.conn.execute(update(outbox).where(*waits, _has_file()).values(**moved))


def _has_file() -> ColumnElement[bool]:
    return select(members.c.person_id).where(members.c.person_id == outbox.c.person_id).exists()


def _where_they_live(person_id: ColumnElement[Any]) -> Any:
    found: Select[Any] = (
        select(func.coalesce(func.nullif(members.c.zones, ""), units.c.timezone))
        .join(units, units.c.id == members.c.unit_id)
        .where(members.c.person_id == person_id)
    )
    return found.scalar_subquery()
