"""Does what a plan says, all in the caller's one transaction: a roster is taken whole or not at all."""

from __future__ import annotations

from datetime import datetime

from handlers.roster.planned import Plan
from handlers.roster.ready import Ready, make_ready
from storage import rosters, units
from storage.database import Transaction


async def apply_import(tx: Transaction, plan: Plan, now: datetime, by: str | None = None) -> None:
    """Make a plan ready and write it down, while what it was made from stands.

    Raises AddressTaken where somebody verified a number since; nothing of the roster is kept then.
    """
    await write_down(tx, await make_ready(tx, plan, now, by), now, by)


async def write_down(tx: Transaction, ready: Ready, now: datetime, by: str | None = None) -> None:
    """Raises AddressTaken, UnitTaken."""
    for unit in ready.founds:
        await units.keep(tx, now, unit)
    await rosters.bring(tx, now, ready.brought)
    await rosters.grant_liaisons(tx, now, ready.entrusted, by)
