"""A campaign to 20,000 by both doors: the program is killed 100 times at any moment, or told to stop."""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.on_the_wire import OnTheWire
from tests.reliability.campaign import Account, Campaign, a_campaign
from tests.reliability.far_side import by_batches

SIZE, KILLS, STOPS = 20_000, 100, 20
SEED = int(os.environ.get("SEED", "20261124"))
# What one kill may catch: letters that have left and of which nothing is written down yet. Each door has
# sixteen requests of a batch on the wire at most (bot/bulk.py), and what they say is written down together.
WINDOW = 2 * 750
BATCHES, DATABASE = ("batches", by_batches), "liandong.db"


def in_a_file(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder / DATABASE}"


async def test_none_is_lost_and_nobody_is_told_three_times(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    async with a_campaign(tmp_path, in_a_file(tmp_path), SIZE, BATCHES, SEED) as campaign:
        for killed in range(KILLS):
            await live_and_die(campaign, KILLS - killed)
        await campaign.places[0].begin()
        account, copies = await campaign.until_closed(), await campaign.copies()
    with capsys.disabled():
        print_figures(campaign, account, copies, time.monotonic() - began)
    nobody: set[str] = set()
    assert campaign.crowd.addresses - copies.keys() == nobody, "lost"
    assert copies.keys() - campaign.crowd.addresses == nobody, "told somebody else"
    assert {to for to, often in copies.items() if often > 2} == nobody
    doubled = {to for to, often in copies.items() if often > 1}
    assert len(doubled) <= sum(campaign.caught) <= KILLS * WINDOW
    assert doubled - account.unsure == nobody, "the account hides a double"
    assert account.unknown - account.unsure == nobody
    assert account.states.keys() <= {"accepted", "unknown"}
    assert sum(account.states.values()) == SIZE
    assert sum(map(bool, campaign.caught)) >= KILLS // 2, "the kills hit nothing: the test says nothing"


async def live_and_die(campaign: Campaign, kills: int) -> None:
    """One life: it ends at any letter, and sometimes before its first. So many `kills` are still to come."""
    place, before, dice = campaign.places[0], await campaign.total(), campaign.dice
    await place.begin()
    if dice.random() < 0.1:
        await asyncio.sleep(dice.uniform(0, 0.4))
    else:
        share = dice.expovariate(kills / (0.98 * SIZE - before)) if before < 0.97 * SIZE else 0
        await campaign.until(min(before + share, 0.99 * SIZE))
        await asyncio.sleep(dice.uniform(0, 0.03))
    await place.kill()
    page = OnTheWire(campaign.key.with_name(DATABASE))
    campaign.caught.append(len(page.of_the_dead() or ()))


async def test_told_to_stop_it_doubles_nothing(tmp_path: Path) -> None:
    async with a_campaign(tmp_path, in_a_file(tmp_path), SIZE, BATCHES, SEED) as campaign:
        (place,) = campaign.places
        for stopped in range(STOPS):
            await place.begin()
            share = (SIZE - await campaign.total()) / (STOPS - stopped + 1)
            await campaign.until(await campaign.total() + campaign.dice.uniform(0, 2 * share))
            assert await place.stop() == 0
        await place.begin()
        account = await campaign.until_closed()
        assert await campaign.copies() == Counter(campaign.crowd.addresses)
        assert account.states == {"accepted": SIZE}
        assert not account.unsure
        assert await place.stop() == 0
    assert "Traceback" not in place.log.read_text()


def print_figures(campaign: Campaign, account: Account, copies: Counter[str], seconds: float) -> None:
    caught, lost = campaign.caught, campaign.crowd.addresses - copies.keys()
    print(  # noqa: T201 - the figures are what one runs it for
        f"\n{SIZE:,} letters, {KILLS} kill -9 in {seconds:.0f} s: lost {len(lost)}, "
        f"copies at most {max(copies.values())}; on the wire at {sum(map(bool, caught))} kills, "
        f"{sum(caught)} letters in all and {max(caught)} at most; "
        f"doubled {sum(often > 1 for often in copies.values())}, "
        f"shown in the account {len(account.unsure)}, {len(account.unknown)} of these as unknown"
    )
