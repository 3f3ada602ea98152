"""Two processes send one campaign from PostgreSQL, and are killed ten times between them."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from storage import deliveries
from storage.database import Database
from storage.outbox import outbox
from tests.reliability.campaign import LONGEST, Campaign, a_campaign
from tests.reliability.far_side import one_by_one

SIZE, KILLS = 4_000, 10
SEED = int(os.environ.get("SEED", "20261124"))


@pytest.fixture
def engine() -> str:
    return "postgresql"


async def test_the_other_goes_on_and_in_the_end_all_have_it(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began, by_sms = time.monotonic(), ("one_by_one", one_by_one)
    async with a_campaign(tmp_path, database_url, SIZE, by_sms, SEED, places=2) as campaign:
        for place in campaign.places:
            await place.begin()
        for _ in range(KILLS):
            await one_of_them_dies(campaign)
        leased = await the_leases_of_the_dead_run_out(campaign)
        account, copies = await campaign.until_closed(), await campaign.copies()
        for place in campaign.places:
            assert await place.stop() == 0
    doubled, nobody = {to for to, often in copies.items() if often > 1}, set[str]()
    with capsys.disabled():
        print(  # noqa: T201 - the figures are what one runs it for
            f"\n{SIZE:,} letters, two processes, {KILLS} kill -9 in {time.monotonic() - began:.0f} s: "
            f"lost {len(campaign.crowd.addresses - copies.keys())}, copies at most {max(copies.values())}; "
            f"under a lease of the dead {leased}; doubled {len(doubled)}, "
            f"counted in the account as perhaps doubled {len(account.unsure)}"
        )
    assert campaign.crowd.addresses - copies.keys() == nobody, "lost"
    assert copies.keys() - campaign.crowd.addresses == nobody, "told somebody else"
    assert max(copies.values()) <= 2
    assert doubled - account.unsure == nobody, "the account hides a double"
    assert account.states == {"accepted": SIZE}


async def one_of_them_dies(campaign: Campaign) -> None:
    """At any letter, or idle: what is left may all be under leases of the dead by then."""
    target = await campaign.total() + campaign.dice.expovariate(1 / 150)
    with suppress(TimeoutError):
        async with asyncio.timeout(4):
            await campaign.until(target)
    place = campaign.dice.choice(campaign.places)
    await place.kill()
    await place.begin()


async def the_leases_of_the_dead_run_out(campaign: Campaign) -> int:
    """Nobody can tell whose a lease is. Those that two at work leave alone are the dead's: for these the
    five minutes pass now, and not one by one. How many letters that were.
    """
    async with campaign.database() as database:
        async with asyncio.timeout(LONGEST):
            seen = await _waiting(database)
            while seen["pending"] or await _a_moment_later(database) != seen:
                seen = await _waiting(database)
        assert seen["sending"], "the kills hit nothing: the test says nothing"
        async with database.writing() as tx:
            leased = update(outbox).where(outbox.c.state == "sending")
            return (await tx.conn.execute(leased.values(lease_until=datetime.now(UTC)))).rowcount


async def _waiting(database: Database) -> dict[str, int]:
    async with database.reading() as tx:
        states = await deliveries.tally(tx)
    return {state: states.get(state, 0) for state in ("pending", "sending")}


async def _a_moment_later(database: Database) -> dict[str, int]:
    await asyncio.sleep(2.5)
    return await _waiting(database)
