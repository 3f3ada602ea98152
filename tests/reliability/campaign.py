"""A campaign that is sent by processes that are killed, and what became of it by their own account."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from storage import campaigns, deliveries
from storage.addresses import addresses
from storage.database import Database
from storage.migrations import bring_up_to_date
from storage.outbox import outbox
from storage.vault import new_vault, read_vault, write_vault
from tests.ports import free_port
from tests.reliability.crowd import Crowd, found_crowd, notice_to
from tests.reliability.far_side import FarSide, as_telegram, far_side
from tests.reliability.many_lives import Lives, midwife

# Seconds: longer than any share of a campaign takes, also where the machine is busy.
LONGEST = 90
BySms = Callable[[FarSide, Path], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Account:
    """What the program itself knows: how many letters are in each state, to whom one may have come twice,
    and of whom it does not know.
    """

    states: dict[str, int]
    unsure: frozenset[str]
    unknown: frozenset[str]


@dataclass
class Campaign:
    places: list[Lives]
    url: str
    key: Path
    chat: FarSide
    sms: FarSide
    crowd: Crowd
    id: str
    dice: random.Random
    caught: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Looked at from beside, and not while a process is killed: the next one finds it as that left it."""
        opened = Database(self.url, read_vault(self.key))
        try:
            yield opened
        finally:
            await opened.close()

    async def total(self) -> int:
        return await self.chat.total() + await self.sms.total()

    async def copies(self) -> Counter[str]:
        """How many came to each."""
        return await self.chat.counts() + await self.sms.counts()

    async def until(self, copies: float) -> None:
        """Until so many came to the far sides."""
        until = asyncio.get_running_loop().time() + LONGEST
        while (total := await self.total()) < copies:
            assert asyncio.get_running_loop().time() < until, f"only {total} of {copies:.0f} came"
            await asyncio.sleep(0.008)

    async def until_closed(self) -> Account:
        async with self.database() as database, asyncio.timeout(LONGEST):
            while not await self._is_closed(database):  # noqa: ASYNC110
                await asyncio.sleep(0.2)
            return await self._account(database)

    async def _is_closed(self, database: Database) -> bool:
        async with database.reading() as tx:
            campaign, states = await campaigns.by_id(tx, self.id), await deliveries.tally(tx)
        assert campaign
        return campaign.state == "finished" and not states.keys() & {"pending", "sending"}

    async def _account(self, database: Database) -> Account:
        query = select(outbox.c.unsure, outbox.c.state, addresses.c.value, addresses.c.id)
        query = query.join(addresses, addresses.c.id == outbox.c.address_id)
        query = query.where((outbox.c.unsure > 0) | (outbox.c.state == "unknown"))
        async with database.reading() as tx:
            states = await deliveries.tally(tx)
            rows = (await tx.conn.execute(query)).all()
            theirs = {row.id: tx.open(row.value, row.id, "addresses.value") for row in rows}
        return Account(
            states,
            frozenset(theirs[row.id] for row in rows if row.unsure),
            frozenset(theirs[row.id] for row in rows if row.state == "unknown"),
        )


@asynccontextmanager
async def a_campaign(
    folder: Path, url: str, size: int, by_sms: tuple[str, BySms], seed: int, places: int = 1
) -> AsyncIterator[Campaign]:
    """Planned; nobody lives yet who sends it. `by_sms`: a company of counting_peers.py, and its settings."""
    print(f"seed {seed}")  # noqa: T201 - shown where the test fails
    key, (company, settings) = folder / "key", by_sms
    write_vault(new_vault(), key)
    await bring_up_to_date(url)
    now, database = datetime.now(UTC), Database(url, read_vault(key))
    async with database.writing() as tx:
        crowd = await found_crowd(tx, now, size)
        made = await notice_to(tx, now, crowd)
    await database.close()
    async with far_side("bot_api") as chat, far_side(company) as sms, midwife() as helper:
        set_up = _ours(url, key) | as_telegram(chat) | settings(sms, folder)
        lives = [Lives(helper, folder / f"place {n}", set_up | _door()) for n in range(places)]
        yield Campaign(lives, url, key, chat, sms, crowd, made, random.Random(seed))
        for one in lives:
            await one.kill()


def _ours(url: str, key: Path) -> dict[str, str]:
    return {
        "LIANDONG_DATABASE_URL": url,
        "LIANDONG_KEY_FILE": str(key),
        "LIANDONG_SMS_PATH_SECRET": "an-unguessable-path-for-tests",
    }


def _door() -> dict[str, str]:
    port = free_port()
    return {"LIANDONG_PUBLIC_URL": f"http://127.0.0.1:{port}", "LIANDONG_HTTP_PORT": str(port)}
