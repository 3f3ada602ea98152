"""Many numbers in one request: nobody pays for another's number, for a slow company, or for our going."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.channels.contract import AddressFailed, OutcomeUnknown, Sent, TryLater
from bot.channels.gateways import at_once
from bot.channels.gateways.at_once import Outcome, handed_over
from bot.channels.gateways.contract import Text

TEXTS = [Text(f"+861390000{n:04}", "开会", str(n)) for n in range(8)]
WRONG = {TEXTS[2].number}


class Company:
    """Refuses a whole request for one wrong number; from the `hangs_at`th on it never answers."""

    def __init__(self, hangs_at: int = 100) -> None:
        self.requests: list[list[str]] = []
        self._hangs_at = hangs_at
        self.hangs = asyncio.Event()

    async def take(self, texts: Sequence[Text]) -> list[Outcome]:
        self.requests.append([text.number for text in texts])
        if len(self.requests) >= self._hangs_at:
            self.hangs.set()
            await asyncio.Event().wait()
        if WRONG & {text.number for text in texts}:
            raise AddressFailed("no_such_number")
        return [Sent("batch")] * len(texts)


def names(outcomes: Sequence[Outcome]) -> list[str]:
    return [type(one).__name__ for one in outcomes]


async def test_for_one_wrong_number_nobody_else_pays() -> None:
    company = Company()
    ended = await handed_over(TEXTS, lambda _: True, company.take)
    assert names(ended) == ["Sent", "Sent", "AddressFailed", *["Sent"] * 5]


async def test_cut_off_between_the_halves_what_was_taken_stays_taken() -> None:
    """The first two of eight are taken, the next is on the wire, and the rest has not left."""
    company = Company(hangs_at=4)
    sending = asyncio.create_task(handed_over(TEXTS, lambda _: True, company.take))
    await company.hangs.wait()
    sending.cancel()
    ended = await sending
    assert [len(numbers) for numbers in company.requests] == [8, 4, 2, 2]
    assert ended[:2] == [Sent("batch")] * 2
    assert [type(one) for one in ended[2:]] == [OutcomeUnknown] * 2 + [TryLater] * 4


async def test_halves_end_before_the_lease_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """A company that takes its time over thousands of numbers: the rest comes later, and nobody twice."""
    monkeypatch.setattr(at_once, "_PATIENCE", 0.05)
    company = Company()

    async def slowly(texts: Sequence[Text]) -> list[Outcome]:
        await asyncio.sleep(0.02)
        return await company.take(texts)

    ended = await handed_over(TEXTS, lambda _: True, slowly)
    assert len(company.requests) <= 4
    assert [type(one) for one in ended[4:]] == [TryLater] * 4
