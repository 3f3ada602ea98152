"""What importing a roster would do, before anything is done: row by row, with every doubt. (S1, S31)"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from handlers.roster.branches import Branches
from handlers.roster.doubts import Doubts, UnclearCell
from handlers.roster.known import Known
from handlers.roster.liaisons import as_name
from handlers.roster.matching import match
from handlers.roster.numbers import uncontested
from handlers.roster.persons import Placed, gather
from handlers.roster.planned import Plan, PlannedRow
from handlers.roster.reading import Refused, Workbook
from handlers.roster.row import RowRefused
from handlers.roster.weighing import weigh
from storage import units
from storage.database import Transaction
from storage.viewer import Viewer

__all__ = ["Plan", "plan_import"]


async def plan_import(
    tx: Transaction,
    viewer: Viewer,
    workbook: Workbook,
    now: datetime,
    *,
    under: str = "",
    new_unit: bool = False,
) -> Plan:
    """Compare the roster with what is known to the viewer; only who sees everything founds branches.

    `under` names the committee above new branches; where it is missing it is founded if there is no
    other unit or with `new_unit`, else UnitUnknown is raised.
    """
    doubts = Doubts()
    branches = Branches(viewer, await units.everyone(tx), under, workbook.titles, new_unit)
    placed, refused = _placed(workbook, branches)
    known = Known(tx, viewer)
    await known.look_up(n for row, _ in placed for n in (row.phone, row.liaison_phone) if n)
    for branch in {branch.key: branch for _, branch in placed}.values():
        await known.members_of(branch)
        await known.officers_of(branch)
    people = gather(await uncontested(placed, known, doubts))
    await match(people, known, branches, doubts)
    deeds, rows = await weigh(people, known, doubts, now)
    in_file = _order(workbook)
    return Plan(
        viewer=viewer,
        root=branches.root,
        founds=tuple(branches.to_found.values()),
        deeds=deeds,
        headings=workbook.headings,
        rows=tuple(sorted(rows, key=in_file)),
        refused=tuple(sorted(refused, key=in_file)),
        unclear=tuple(sorted(doubts.cells, key=in_file)),
    )


def _placed(workbook: Workbook, branches: Branches) -> tuple[list[Placed], list[Refused]]:
    placed: list[Placed] = []
    refused = list(workbook.refused)
    for row in workbook.rows:
        try:
            placed.append((replace(row, liaison=as_name(row.liaison)), branches.of(row)))
        except RowRefused as refusal:
            refused.append(Refused(row.sheet, row.row, refusal.reason, refusal.about))
    return placed, refused


def _order(workbook: Workbook) -> Callable[[PlannedRow | Refused | UnclearCell], tuple[int, int]]:
    sheets = {sheet: at for at, sheet in enumerate(dict.fromkeys(r.sheet for r in workbook.rows))}
    return lambda one: (sheets.get(one.sheet, len(sheets)), one.row)
