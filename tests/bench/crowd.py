"""A branch of many who have all joined by chat."""

from __future__ import annotations

from datetime import UTC, datetime

from storage import addresses, members, people, units
from storage.database import Database

FIRST_CHAT = 70_000


async def found_crowd(database: Database, how_many: int) -> None:
    now = datetime.now(UTC)
    async with database.writing() as tx:
        branch = await units.found(tx, now, "柳湾村党支部")
        for chat in range(FIRST_CHAT, FIRST_CHAT + how_many):
            person = await people.add(tx, now, "石远")
            await members.enrol(tx, now, person, branch)
            await addresses.add(tx, now, person, "telegram", str(chat), verified=True)
            await people.has_joined(tx, person, now)
