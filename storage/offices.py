"""Offices: a role in a unit, given by `grant` and ended by `revoke`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from content.rules.roles import Role
from storage.database import Transaction
from storage.files import members
from storage.people import Office, grant, holders, offices, offices_of
from storage.units import Unit
from storage.viewer import below

__all__ = ["Office", "grant", "holders", "offices", "offices_of", "revoke"]


async def revoke(tx: Transaction, now: datetime, person_id: str, role: Role, unit: Unit) -> int | None:
    """End an office; None where it was not held, else how many members are left without a liaison.

    Whoever no longer holds the office is entrusted with nobody there: they neither see nor hear more.
    """
    ended = await tx.conn.execute(
        delete(offices).where(
            offices.c.person_id == person_id, offices.c.role == role, offices.c.unit_id == unit.id
        )
    )
    if not ended.rowcount:
        return None
    return await _release(tx, person_id, unit) if role == "liaison" else 0


async def _release(tx: Transaction, liaison_id: str, unit: Unit) -> int:
    entrusted = (members.c.liaison_id == liaison_id) & below(members, unit.path)
    released = await tx.conn.execute(update(members).where(entrusted).values(liaison_id=None))
    return released.rowcount
