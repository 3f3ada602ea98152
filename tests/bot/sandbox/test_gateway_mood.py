"""An SMS centre that is slow, busy, silent or not there, as a program meets it over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.contract import OutcomeUnknown, SendingFailed, TryLater
from bot.channels.gateways.contract import Text
from bot.channels.gateways.kannel import Kannel
from bot.sandbox import gateway_line, gateway_mood
from bot.sandbox.gateway_line import gateway_line as line_to
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World

WORDS = "【联动】清明前后来看您"


@pytest.fixture
async def kannel(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Kannel]:
    """The program's own door, at the line's address."""
    monkeypatch.setattr(gateway_mood, "SLOW", 0.2)
    monkeypatch.setattr(gateway_line, "SILENCE", 0.2)
    async with serving(sandbox_app(world)) as centre, line_to(world, centre) as address:
        kannel = Kannel(address, "liandong", "sandbox", "106900012371")
        yield kannel
        await kannel.close()


async def sends(kannel: Kannel, to: Phone) -> SendingFailed | None:
    try:
        await kannel.send(Text(to.number, WORDS, "7"))
    except SendingFailed as failure:
        return failure
    return None


def arrived(world: World, phone: Phone) -> list[str]:
    return [message.body for message in world.sms(phone.id)]


async def test_over_the_line_a_text_arrives_as_ever(world: World, kannel: Kannel, grandfather: Phone) -> None:
    assert [await sends(kannel, grandfather) for _ in range(3)] == [None] * 3
    assert arrived(world, grandfather) == [WORDS] * 3


async def test_a_slow_centre_takes_its_time(world: World, kannel: Kannel, grandfather: Phone) -> None:
    world.gateway.turn("slow")
    begun = asyncio.get_running_loop().time()
    assert await sends(kannel, grandfather) is None
    assert asyncio.get_running_loop().time() - begun >= 0.2
    assert arrived(world, grandfather) == [WORDS]


async def test_a_busy_centre_says_when_to_come_again(
    world: World, kannel: Kannel, grandfather: Phone
) -> None:
    world.gateway.turn("busy")
    failure = await sends(kannel, grandfather)
    assert isinstance(failure, TryLater)
    assert (failure.reason, failure.after) == ("gateway_busy", timedelta(seconds=10))
    assert (arrived(world, grandfather), world.gateway.turned_away) == ([], 1)


async def test_of_a_silent_centre_nobody_knows_what_it_did(
    world: World, kannel: Kannel, grandfather: Phone
) -> None:
    world.gateway.turn("silent")
    failure = await sends(kannel, grandfather)
    assert isinstance(failure, OutcomeUnknown)
    assert arrived(world, grandfather) == []


async def test_a_cut_line_refuses_and_is_there_again_afterwards(
    world: World, kannel: Kannel, grandfather: Phone
) -> None:
    assert await sends(kannel, grandfather) is None
    world.gateway.turn("down")
    await asyncio.sleep(0.05)
    failure = await sends(kannel, grandfather)
    assert isinstance(failure, TryLater)
    assert failure.reason == "not_connected"
    world.gateway.turn("well")
    await asyncio.sleep(0.05)
    assert await sends(kannel, grandfather) is None
    assert arrived(world, grandfather) == [WORDS] * 2


async def test_who_was_talking_when_the_line_was_cut_does_not_know(
    world: World, kannel: Kannel, grandfather: Phone
) -> None:
    world.gateway.turn("slow")
    talking = asyncio.create_task(sends(kannel, grandfather))
    await asyncio.sleep(0.1)
    world.gateway.turn("down")
    assert isinstance(await talking, OutcomeUnknown)
