"""What a door says is looked up in one table: whose fault it is, and so what follows."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.contract import AddressFailed, MessageRefused, SendingFailed, TryLater
from bot.delivery import LEASE
from bot.outcomes import Attempt, record
from content.letter import Letter
from storage import claiming
from storage.database import Database
from tests.bot.house import Parts, a_house


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


async def ends(house: Parts, outcome: SendingFailed) -> tuple[str, str, dict[str, str]]:
    """(state and door of a letter to the chat after it ended so, which doors are shut)."""
    await house.promise(house.smart, Letter("您好"))
    async with house.database.writing() as tx:
        [claimed] = await claiming.claim(tx, house.clock.now(), LEASE)
        await record(tx, house.clock.now(), Attempt(claimed, outcome))
    letter = await house.letter()
    return letter.state, letter.channel, await house.suspended(house.smart)


@pytest.mark.parametrize(
    ("outcome", "state", "door", "shut"),
    [
        # suspend: the address takes nothing more, in whatever words the door said it.
        (AddressFailed("chat_blocked"), "pending", "sms", {"telegram": "chat_blocked"}),
        (MessageRefused("account_deleted"), "pending", "sms", {"telegram": "account_deleted"}),
        # next: another door may do, and nothing is wrong with this one.
        (AddressFailed("foreign_number"), "pending", "sms", {}),
        (MessageRefused("out_of_reach"), "pending", "sms", {}),
        # later, though the door did not say that it may pass.
        (AddressFailed("too_many_to_number"), "pending", "telegram", {}),
        (MessageRefused("too_many_to_number:MB:1042"), "pending", "telegram", {}),
        (TryLater("gateway_login"), "pending", "telegram", {}),
        # The words: no other address is to blame for them. Our settings: it waits until they are mended.
        (MessageRefused("words_forbidden"), "failed", "telegram", {}),
        (MessageRefused("signature_wrong"), "pending", "telegram", {}),
        (SendingFailed("something_new"), "failed", "telegram", {}),
        (AddressFailed("something_new"), "pending", "sms", {}),
    ],
)
async def test_what_follows(
    house: Parts, outcome: SendingFailed, state: str, door: str, shut: dict[str, str]
) -> None:
    assert await ends(house, outcome) == (state, door, shut)


async def test_doors_that_are_not_shut_are_not_gone_round_in_a_circle(house: Parts) -> None:
    await ends(house, AddressFailed("out_of_reach"))
    async with house.database.writing() as tx:
        [claimed] = await claiming.claim(tx, house.clock.now(), LEASE)
        await record(tx, house.clock.now(), Attempt(claimed, AddressFailed("out_of_reach")))
    assert (await house.letter()).state == "failed"
