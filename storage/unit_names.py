"""What to call a unit where another bears its name: 东山村党总支第一支部, with the units above in front."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import select

from storage.database import Transaction
from storage.units import Unit, named, units
from storage.viewer import Viewer


async def told_apart(tx: Transaction, viewer: Viewer, paths: Collection[str]) -> dict[str, str]:
    """By path what each is called: by its name, and where others in sight have that too, by as much more
    of what stands above it as it takes.
    """
    asked = set(paths)
    here = (await tx.conn.execute(select(units.c.path, units.c.name).where(units.c.path.in_(asked)))).all()
    names = {row.name for row in here}
    alike: dict[str, list[str]] = defaultdict(list)
    same = select(units.c.path, units.c.name).where(units.c.name.in_(names)).order_by(units.c.path)
    for path, name in await tx.conn.execute(same):
        if path in asked or viewer.sees_unit(path):
            alike[name].append(path)
    called = {row.path: row.name for row in here}
    doubtful = [path for paths_of_one in alike.values() if len(paths_of_one) > 1 for path in paths_of_one]
    chains = await _chains(tx, doubtful)
    for group in alike.values():
        called |= _with_what_is_above({path: chains[path] for path in group if path in chains})
    return {path: called[path] for path in asked if path in called}


async def in_full(tx: Transaction, text: str) -> list[Unit]:
    """Those meant by 东山村第一支部: the end of it is the name, the rest is of a name that stands above."""
    ends = [text[at:] for at in range(1, len(text))]
    found = [unit for end in ends for unit in await named(tx, end)] if len(text) <= _LONGEST else []
    chains = await _chains(tx, [unit.path for unit in found])
    return [unit for unit in found if _stands_below(chains[unit.path], text.removesuffix(unit.name))]


# Whoever writes more than this names no unit.
_LONGEST = 40


def _stands_below(chain: Sequence[str], above: str) -> bool:
    return "".join(chain[:-1]).endswith(above) or any(above in name for name in chain[:-1])


def _with_what_is_above(chains: dict[str, Sequence[str]]) -> dict[str, str]:
    deepest = max((len(chain) for chain in chains.values()), default=0)
    for n in range(2, deepest + 1):
        called = {path: "".join(chain[-n:]) for path, chain in chains.items()}
        if len(set(called.values())) == len(called):
            return called
    return {path: "".join(chain) for path, chain in chains.items()}


async def _chains(tx: Transaction, paths: Collection[str]) -> dict[str, Sequence[str]]:
    """By path the names from the top down to it."""
    steps = {path: path.rstrip("/").split("/") for path in paths}
    ids = {one for chain in steps.values() for one in chain}
    if not ids:
        return {}
    rows = await tx.conn.execute(select(units.c.id, units.c.name).where(units.c.id.in_(ids)))
    name_of = {row.id: row.name for row in rows}
    return {path: [name_of[one] for one in chain if one in name_of] for path, chain in steps.items()}
