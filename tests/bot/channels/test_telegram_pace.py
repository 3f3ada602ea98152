"""The door keeps to the pace, and a request that had to wait costs nobody their letter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.contract import Button, NeverLeft, Outgoing, Press, TryLater
from bot.channels.telegram import Pacer, Telegram
from bot.sandbox.bot_api.flood import Flood
from bot.sandbox.bot_api.refusals import too_many
from bot.sandbox.phones import Phone
from bot.sandbox.world import World

BUTTONS = ((Button("是", "t1"),),)


@pytest.fixture
def pacer() -> Pacer:
    return Pacer(30)


@pytest.fixture
async def paced(world: World, url: str, pacer: Pacer, welder: Phone) -> AsyncIterator[Telegram]:
    world.type(welder.id, "/start")
    door = Telegram(world.telegram.account.token, url, pacer=pacer)
    await door.start()
    yield door
    await door.close()


def to(welder: Phone, text: str = "您好", **more: object) -> Outgoing:
    return Outgoing(to=str(welder.id), text=text, reference="77", **more)  # type: ignore[arg-type]


async def test_one_after_the_other_none_is_refused(world: World, paced: Telegram, welder: Phone) -> None:
    world.telegram.gate = flood = Flood()
    for n in range(5):
        await paced.send(to(welder, str(n)))
    assert (flood.let_through, flood.refused) == (5, [])


async def test_a_refused_chat_is_not_asked_again_before_its_time(
    world: World, paced: Telegram, welder: Phone
) -> None:
    asked: list[str] = []

    def gate(method: str, _said: object) -> None:
        if method == "sendmessage":
            asked.append(method)
            raise too_many(120)

    world.telegram.gate = gate
    for _ in range(3):
        with pytest.raises(TryLater, match="too_many") as later:
            await paced.send(to(welder))
        assert later.value.after and 119 <= later.value.after.total_seconds() <= 120
    assert len(asked) == 1


async def test_tidying_up_that_must_wait_too_long_does_not_fail_what_was_said(
    world: World, paced: Telegram, pacer: Pacer, welder: Phone
) -> None:
    first = await paced.send(to(welder, buttons=BUTTONS))

    def gate(method: str, _said: object) -> None:
        if method == "sendmessage":
            pacer.refused(str(welder.id), 120)

    world.telegram.gate = gate
    sent = await paced.send(to(welder, "记下了", press=Press("1", int(first.provider_id), ())))
    assert world.chat(welder.id)[-1].text == "记下了"
    assert str(world.chat(welder.id)[-1].id) == sent.provider_id


async def test_told_to_stop_in_the_line_it_certainly_left_for_nobody(
    paced: Telegram, pacer: Pacer, welder: Phone
) -> None:
    pacer.refused(str(welder.id), 20)
    waiting = asyncio.create_task(paced.send(to(welder)))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(NeverLeft):
        await waiting


async def test_told_to_stop_behind_its_first_page_it_may_have_arrived(
    world: World, paced: Telegram, pacer: Pacer, welder: Phone
) -> None:
    first_page = asyncio.Event()

    def gate(method: str, _said: object) -> None:
        pacer.refused(str(welder.id), 20)
        first_page.set()

    world.telegram.gate = gate
    waiting = asyncio.create_task(paced.send(to(welder, "长" * 5000)))
    await first_page.wait()
    await asyncio.sleep(0.1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError) as told:
        await waiting
    assert not isinstance(told.value, NeverLeft)


async def test_more_than_telegram_gives_for_nothing_is_paid_for(
    world: World, url: str, paced: Telegram, welder: Phone
) -> None:
    said: list[object] = []
    world.telegram.gate = lambda method, words: said.append(words.get("allow_paid_broadcast"))
    await paced.send(to(welder))
    door = Telegram(world.telegram.account.token, url, pacer=Pacer(1000))
    await door.send(to(welder))
    await door.close()
    assert said == [None, "true"]
