"""An answer goes out with the turn that gave it: nobody looks for it in the outbox first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.delivery import LEASE, Delivery
from bot.intake import Intake
from storage.database import Database
from tests.bot.channels.peers import SILENCE, peer
from tests.bot.house import Parts, a_house, chat_from


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        parts.intake = carried_by(parts.delivery, parts)
        yield parts


def carried_by(delivery: Delivery, house: Parts) -> Intake:
    return Intake(house.database, house.channels, house.intake.turns.house, house.clock, carrier=delivery)


async def hears(house: Parts, *words: str) -> None:
    for word in words:
        number = len(await house.messages()) + 1
        await house.intake.keep([chat_from(house.smart.phone, word, number)])
    await house.intake.take_turns()


async def test_it_is_ours_from_the_commit_on(database: Database) -> None:
    async with peer(SILENCE) as silent, a_house(database, silent.url) as house:
        house.intake = carried_by(house.delivery, house)
        await house.send()
        await hears(house, "签到")
        assert (await house.letter()).state == "sending", "while it is under way"
        await house.delivery.cut()


async def test_it_arrives_without_being_claimed(house: Parts) -> None:
    await house.send()
    await hears(house, "签到")
    await house.delivery.arrived()
    assert [(row.state, row.attempts) for row in await house.letters()] == [("accepted", 1)]
    assert len(house.chat_to(house.smart)) == 1


async def test_it_does_not_overtake_what_was_promised_before(house: Parts) -> None:
    await hears(house, "签到")
    await house.delivery.arrived()
    assert house.chat_to(house.smart) == [], "nobody has looked through the outbox yet"
    await hears(house, "英文")
    assert [row.state for row in await house.letters()] == ["pending", "pending"]
    await house.send()
    assert ["平安" in text for text in house.chat_to(house.smart)] == [True, False]


async def test_one_that_a_crash_caught_is_sent_by_the_next_process(house: Parts) -> None:
    await house.send()
    await hears(house, "签到")
    await house.delivery.cut()
    assert (await house.letter()).state == "sending"
    house.delivery = await house.reborn()
    await house.passes(seconds=LEASE.total_seconds())
    assert len(house.chat_to(house.smart)) == 1


async def test_when_it_is_told_to_leave_it_puts_back_what_was_not_begun(house: Parts) -> None:
    await house.send()
    await hears(house, "签到")
    house.delivery.leave()
    await house.delivery.arrived()
    letter = await house.letter()
    assert (letter.state, letter.attempts, letter.not_before - house.clock.now()) == (
        "pending",
        0,
        timedelta(),
    )
