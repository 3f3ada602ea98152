"""The unit an operator means, by its name, a part of it, or 上级/本级; else the candidates are listed."""

from __future__ import annotations

from collections.abc import Sequence

import click

from storage import units
from storage.database import Transaction
from storage.units import Unit

_LISTED = 12


async def unit_asked(tx: Transaction, name: str, whole: bool = False) -> Unit | None:
    """None without a name: everything below the top is meant. `whole`: a part of a name will not do."""
    if not name.strip():
        return None
    above, _, own = name.strip().rpartition("/")
    everyone = {unit.id: unit for unit in await units.everyone(tx)}
    named = await units.named(tx, own)
    found = named or await units.holding(tx, own)
    if above:
        found = [unit for unit in found if _above(everyone, unit).endswith(above)]
    if len(found) == 1 and (named or not whole):
        return found[0]
    raise click.ClickException(_which(name, found, everyone))


def _which(name: str, found: Sequence[Unit], everyone: dict[str, Unit]) -> str:
    if not everyone:
        return (
            "还没有任何组织。请先导入名册：python -m bot import 名册.xlsx\n"
            "There is no unit yet: import a roster first, python -m bot import roster.xlsx"
        )
    if not found:
        known = "\n".join(_listed(everyone, list(everyone.values())))
        return f"没有“{name}”这个组织。已有的组织：\nThere is no unit called “{name}”. Known are:\n{known}"
    candidates = "\n".join(_listed(everyone, found))
    return (
        f"“{name}”对得上 {len(found)} 个组织，请写全其中一个：\n"
        f"“{name}” may be any of {len(found)} units; write one of these in full:\n{candidates}"
    )


def _listed(everyone: dict[str, Unit], found: Sequence[Unit]) -> list[str]:
    lines = [f"  {_in_full(everyone, unit)}" for unit in found[:_LISTED]]
    more = len(found) - _LISTED
    return [*lines, f"  … 还有 {more} 个 / {more} more"] if more > 0 else lines


def _in_full(everyone: dict[str, Unit], unit: Unit) -> str:
    above = _above(everyone, unit)
    return f"{above}/{unit.name}" if above else unit.name


def _above(everyone: dict[str, Unit], unit: Unit) -> str:
    return everyone[unit.parent_id].name if unit.parent_id else ""
