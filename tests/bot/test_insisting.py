"""What became of a letter is written down in the end, however long the database takes nothing in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.insisting import Insisting
from storage.database_file import DatabaseOutOfReach


class Ledger:
    """It refuses so many times before it takes anything."""

    def __init__(self, refusals: int, refusal: Exception | None = None) -> None:
        self.refusals, self.refusal = refusals, refusal or DatabaseOutOfReach()
        self.refused = asyncio.Event()
        self.taken: list[int] = []

    async def take(self, items: Sequence[int]) -> None:
        if self.refusals:
            self.refusals -= 1
            self.refused.set()
            raise self.refusal
        self.taken += items


async def test_it_is_written_when_the_trouble_is_over_and_once() -> None:
    ledger = Ledger(refusals=5)
    insisting = Insisting(ledger.take, pause=0.001)
    await asyncio.gather(*(insisting.write(n) for n in range(20)))
    assert sorted(ledger.taken) == list(range(20))


async def test_who_asks_hears_when_nothing_is_owed_any_more() -> None:
    ledger = Ledger(refusals=3)
    insisting = Insisting(ledger.take, pause=0.001)
    writing = asyncio.create_task(insisting.write(1))
    await ledger.refused.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    await insisting.nothing_owed()
    assert ledger.taken == [1]
    await writing


async def test_nobody_waits_for_what_was_never_refused() -> None:
    insisting = Insisting(Ledger(refusals=0).take)
    writing = asyncio.create_task(insisting.write(1))
    await asyncio.wait_for(insisting.nothing_owed(), 0.01)
    await writing


async def test_a_fault_of_ours_is_told_at_once() -> None:
    insisting = Insisting(Ledger(refusals=1, refusal=KeyError("ours")).take)
    with pytest.raises(KeyError):
        await insisting.write(1)
    await asyncio.wait_for(insisting.nothing_owed(), 0.01)
