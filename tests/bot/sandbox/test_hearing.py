"""The bot hears everything once and in order, by asking or by webhook."""

from __future__ import annotations

import asyncio
import time

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World

from .conftest import bot_of
from .program import Program, program_up


async def test_five_hundred_words_arrive_in_order_and_none_twice(
    world: World, bot: Bot, welder: Phone
) -> None:
    for n in range(500):
        world.type(welder.id, str(n))
    heard, offset = [], None
    while updates := await bot.get_updates(offset=offset, limit=37):
        assert len(updates) <= 37
        heard += [update.message.text for update in updates if update.message]
        offset = updates[-1].update_id + 1
    assert heard == [str(n) for n in range(500)]


async def test_what_is_not_confirmed_comes_again(world: World, bot: Bot, welder: Phone) -> None:
    world.type(welder.id, "平安")
    first, again = await bot.get_updates(), await bot.get_updates()
    assert [u.update_id for u in first] == [u.update_id for u in again]
    assert await bot.get_updates(offset=first[-1].update_id + 1) == ()


async def test_a_negative_offset_forgets_all_but_the_last(world: World, bot: Bot, welder: Phone) -> None:
    for word in ("一", "二", "三"):
        world.type(welder.id, word)
    assert [u.message.text for u in await bot.get_updates(offset=-1) if u.message] == ["三"]
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_wakes_at_the_first_word(world: World, bot: Bot, welder: Phone) -> None:
    began = time.monotonic()
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    world.type(welder.id, "到了")
    assert [u.message.text for u in await waiting if u.message] == ["到了"]
    assert time.monotonic() - began < 20


async def test_a_long_poll_ends_empty_after_its_time(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - began >= 1


async def test_only_the_wanted_kinds_come(world: World, bot: Bot, welder: Phone) -> None:
    await bot.get_updates(allowed_updates=["message"])
    world.type(welder.id, "在")
    world.block(welder.id)
    assert [bool(u.message) for u in await bot.get_updates()] == [True]


async def test_a_waiting_poll_does_not_hold_the_door_open(world: World) -> None:
    async with serving(sandbox_app(world)) as url, bot_of(world.telegram.account.token, url) as bot:
        waiting = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.sleep(0.1)
        began = time.monotonic()
        world.changes.close()
        assert await waiting == ()
    assert time.monotonic() - began < 20


async def test_a_webhook_gets_each_update_with_the_secret_even_after_bad_answers(
    world: World, bot: Bot, welder: Phone
) -> None:
    async with program_up(Program(busy_for=2)) as program:
        world.type(welder.id, "一")
        await bot.set_webhook(f"{program.url}/hook", secret_token="s3cret")
        assert (await bot.get_webhook_info()).pending_update_count == 1
        with pytest.raises(Conflict):
            await bot.get_updates()
        world.type(welder.id, "二")
        await world.settled()
    assert [(u["message"]["text"], secret) for u, secret in program.posted] == [
        ("一", "s3cret"),
        ("二", "s3cret"),
    ]
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_without_the_webhook_updates_wait_again(world: World, bot: Bot, welder: Phone) -> None:
    async with program_up(Program(busy_for=10_000)) as program:
        await bot.set_webhook(f"{program.url}/hook")
        world.type(welder.id, "一")
        await bot.delete_webhook()
        await world.settled()
        assert [u.message.text for u in await bot.get_updates() if u.message] == ["一"]
    assert program.posted == []


async def test_a_page_hears_of_every_change(world: World, welder: Phone) -> None:
    changes = world.subscribe()
    asyncio.get_running_loop().call_soon(world.type, welder.id, "在")
    before = world.changes.version
    assert await anext(changes) == world.changes.version > before
    world.changes.close()
    assert [version async for version in changes] == []
