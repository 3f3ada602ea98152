"""The district's units on three levels, and how many members of which standing each branch has.

云汀区 is invented, with all its towns and villages. It only borrows the code of a real city, because
without one nobody could say who is out of the province and who is near.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from storage import units
from storage.database import Transaction
from storage.units import Unit

HOME = "321300"
DISTRICT = "云汀区委"


@dataclass(frozen=True, slots=True)
class Village:
    """A branch: `members` in all, of whom so many are due, late, and silent for so many days."""

    name: str
    members: int
    due: int
    late: int
    silent: tuple[int, ...] = ()


TOWNSHIPS: dict[str, tuple[Village, ...]] = {
    "雁归镇党委": (
        Village("长信村党支部", 12, due=1, late=1, silent=(61,)),
        Village("远灯村党支部", 10, due=1, late=1, silent=(44, 236)),
        Village("念乡村党支部", 9, due=1, late=1, silent=(72, 96)),
        Village("晚晴村党支部", 8, due=1, late=0, silent=(52,)),
    ),
    "燕来街道党工委": (
        Village("新枝社区党支部", 9, due=1, late=1, silent=(41,)),
        Village("檐下社区党支部", 8, due=0, late=1),
        Village("衔泥社区党支部", 8, due=1, late=0, silent=(128,)),
    ),
    "禾望镇党委": (
        Village("谷满村党支部", 9, due=1, late=1, silent=(47,)),
        Village("青垄村党支部", 8, due=1, late=0),
        Village("稻声村党支部", 7, due=0, late=0),
    ),
    "归帆乡党总支": (
        Village("灯塔湾村党支部", 9, due=1, late=1, silent=(203,)),
        Village("潮信村党支部", 9, due=0, late=1),
    ),
}


@dataclass(frozen=True, slots=True)
class Tree:
    root: Unit
    townships: tuple[Unit, ...]
    branches: tuple[Unit, ...]

    def above(self, branch: Unit) -> Unit:
        return next(unit for unit in self.townships if unit.id == branch.parent_id)


def villages() -> Iterator[Village]:
    """In the order of the tree's branches."""
    for below in TOWNSHIPS.values():
        yield from below


async def found_units(tx: Transaction, at: datetime) -> Tree:
    root = await units.found(tx, at, DISTRICT, "committee", place_code=HOME)
    townships: list[Unit] = []
    branches: list[Unit] = []
    for name, below in TOWNSHIPS.items():
        township = await units.found(tx, at, name, "committee", parent=root)
        townships.append(township)
        branches += [await units.found(tx, at, village.name, parent=township) for village in below]
    return Tree(root, tuple(townships), tuple(branches))
