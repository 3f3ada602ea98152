"""A county with its towns, branches and people, small enough to know everybody in it.

Paths are chosen to trap a query that takes `c/t1/` or `c/t-/` for a part of `c/t/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from content.rules.roles import Role
from storage import addresses, members, offices, people, units
from storage.database import Transaction
from storage.files import Member
from storage.units import Kind, Unit
from storage.viewer import the_programme

NOW = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)
MUCH_LATER = NOW + timedelta(days=60)

UNITS: dict[str, Kind] = {
    "c/": "committee",
    "c/t/": "committee",
    "c/t/b/": "branch",
    "c/t/b/g/": "group",
    "c/t/b0/": "branch",
    "c/t/b./": "branch",
    "c/t1/": "branch",
    "c/t-/": "branch",
    "c/t_/": "branch",
    "c/t%/": "branch",
    "c/T/": "branch",
    "c0/": "committee",
    "c0/t/": "branch",
    "c-/": "branch",
}


@dataclass(frozen=True, slots=True)
class Town:
    """`members` are ids by the path of the branch where each is alone, but for `c/t/b/` with two."""

    units: dict[str, Unit]
    members: dict[str, str]
    officers: dict[str, str] = field(default_factory=dict)

    def name_of(self, person_id: str) -> str:
        return next(name for name, known in self.members.items() if known == person_id)


async def settle(tx: Transaction) -> Town:
    """Units, one member in each that is no committee, a second one in `c/t/b/`, all out since NOW."""
    made = {path: await _unit(tx, path, kind) for path, kind in UNITS.items()}
    town = Town(made, {})
    for path, unit in made.items():
        if unit.kind != "committee":
            town.members[path] = await newcomer(tx, path, unit)
    town.members["c/t/b/ 2"] = await newcomer(tx, "c/t/b/ 2", made["c/t/b/"])
    return town


async def newcomer(tx: Transaction, name: str, unit: Unit, liaison_id: str | None = None) -> str:
    made = await people.add(tx, NOW, f"党员 {name}")
    await members.enrol(tx, NOW, made, unit, liaison_id)
    return made


async def officer(tx: Transaction, town: Town, name: str, role: Role, path: str) -> str:
    made = await people.add(tx, NOW, name)
    await offices.grant(tx, NOW, made, role, town.units[path])
    town.officers[name] = made
    return made


async def file_of(tx: Transaction, person_id: str) -> Member:
    found = await members.find(tx, the_programme(), person_id)
    assert found
    return found


async def chat_of(tx: Transaction, person_id: str, value: str = "70001") -> addresses.Address:
    made = await addresses.add(tx, NOW, person_id, "telegram", value, verified=True)
    return await addresses.by_id(tx, made)


async def _unit(tx: Transaction, path: str, kind: Kind) -> Unit:
    above = "/".join(path.split("/")[:-2])
    row = {
        "id": path.removesuffix("/"),
        "parent_id": above or None,
        "path": path,
        "kind": kind,
        "name": f"支部 {path}",
        "place_code": "320115",
        "timezone": "Asia/Shanghai",
        "period_days": 30,
        "grace_days": 7,
        "made_at": NOW,
    }
    await tx.conn.execute(insert(units.units).values(row))
    return await units.by_id(tx, path.removesuffix("/"))
