"""A branch of members with phones, put straight into the database, inside already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.phones import Phone
from bot.sandbox.world import World
from storage import addresses, members, people, units
from storage.database import Database, Transaction
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Resident:
    """A member and their phone."""

    id: str
    phone: Phone


async def found_branch(
    database: Database, world: World, now: datetime, size: int, old: bool = False
) -> list[Resident]:
    """Every second one has an old phone that knows SMS only, or each of them has."""
    async with database.writing() as tx:
        committee = await units.found(tx, now, "云溪镇党委", "committee", place_code="320583")
        branch = await units.found(tx, now, "柳湾村党支部", "branch", committee)
        phones = [
            world.add_phone(f"石{n}", f"+86139000{n:05}", smartphone=not old and not n % 2)
            for n in range(1, size + 1)
        ]
        return [await move_in(tx, world, now, branch, phone) for phone in phones]


async def move_in(tx: Transaction, world: World, now: datetime, branch: Unit, phone: Phone) -> Resident:
    person = await people.add(tx, now, phone.owner)
    await members.enrol(tx, now, person, branch)
    await addresses.add(tx, now, person, "sms", phone.number, verified=True)
    await people.has_joined(tx, person, now)
    if phone.smartphone:
        world.private_chat(phone.id).known = True
        await addresses.add(tx, now, person, "telegram", str(phone.id), verified=True)
    return Resident(person, phone)
