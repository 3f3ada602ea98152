"""A roster is taken whole or not at all, and while it is read and compared nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from handlers.roster.apply import write_down
from handlers.roster.plan import Plan, plan_import
from handlers.roster.reading import Workbook
from handlers.roster.ready import Ready, make_ready
from storage.database import Database, Transaction
from storage.roster_basis import looked_at
from storage.turnstile import alone_at
from storage.viewer import Viewer

# How often a plan may be overtaken by somebody's word before it is made with everybody waiting.
ATTEMPTS = 3

AndThen: TypeAlias = Callable[[Transaction, Plan], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Roster:
    """What a clerk brings, and how: see `plan_import`."""

    workbook: Workbook
    under: str = ""
    new_unit: bool = False
    strict: bool = False


async def show_import(database: Database, viewer: Viewer, roster: Roster, now: datetime) -> Plan:
    """What the import would do; nothing is changed."""
    async with database.reading() as tx:
        return await _plan(tx, viewer, roster, now)


async def do_import(
    database: Database,
    viewer: Viewer,
    roster: Roster,
    now: datetime,
    by: str | None = None,
    and_then: AndThen | None = None,
) -> Plan:
    """Import it, all or nothing; where it is strict nothing if a row is refused.

    `and_then` is done in the same transaction, so that who is told of an import and the import itself
    stand or fall together.

    Raises SomebodyElseAtIt, AddressTaken, UnitUnknown.

    The plan is made beside the members' messages, and every row sealed; the writer is held only to write
    them down, and only if nothing that the plan rests on has changed since, and no key.
    """
    async with alone_at(database, "import"):
        for _ in range(ATTEMPTS):
            async with database.reading() as tx:
                before = await looked_at(tx)
                plan = await _plan(tx, viewer, roster, now)
                ready = await make_ready(tx, plan, now, by)
            async with database.writing() as tx:
                if tx.vault.current == ready.brought.sealed_with and await looked_at(tx) == before:
                    return await _apply(tx, roster, plan, ready, now, by, and_then)
        async with database.writing() as tx:
            plan = await _plan(tx, viewer, roster, now)
            ready = await make_ready(tx, plan, now, by)
            return await _apply(tx, roster, plan, ready, now, by, and_then)


async def _apply(
    tx: Transaction,
    roster: Roster,
    plan: Plan,
    ready: Ready,
    now: datetime,
    by: str | None,
    and_then: AndThen | None,
) -> Plan:
    if not (roster.strict and plan.refused):
        await write_down(tx, ready, now, by)
        if and_then:
            await and_then(tx, plan)
    return plan


async def _plan(tx: Transaction, viewer: Viewer, roster: Roster, now: datetime) -> Plan:
    return await plan_import(
        tx,
        viewer,
        roster.workbook,
        now,
        under=roster.under,
        new_unit=roster.new_unit,
    )
