"""Updates are brought to aiogram's own webhook server, with the secret, again and again, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from conftest import Hands

SECRET = "a-secret-of-the-webhook"


@dataclass
class Hook:
    """`busy_for` is how many calls it still turns away."""

    url: str = ""
    busy_for: int = 0
    turned_away: int = 0
    heard: list[str] = field(default_factory=list)


@pytest.fixture
async def hook(bot: Bot) -> AsyncIterator[Hook]:
    hook, dispatcher = Hook(), Dispatcher()

    @dispatcher.message()
    async def hear(message: Message) -> None:
        hook.heard.append(message.text or "")

    @web.middleware
    async def busy(request: web.Request, handler) -> web.StreamResponse:
        if hook.busy_for:
            hook.busy_for -= 1
            hook.turned_away += 1
            return web.Response(status=503)
        return await handler(request)

    app = web.Application(middlewares=[busy])
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET)
    handler.register(app, "/hook")
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await bot.delete_webhook()
    await runner.cleanup()


async def until_heard(hook: Hook, count: int) -> None:
    async with asyncio.timeout(15):
        while len(hook.heard) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_updates_are_brought_in_order_with_the_secret(
    bot: Bot, hands: Hands, welder: int, hook: Hook
) -> None:
    await hands.type(phone=welder, text="0")
    await bot.set_webhook(hook.url, secret_token=SECRET)
    for n in range(1, 30):
        await hands.type(phone=welder, text=str(n))
    await until_heard(hook, 30)
    assert hook.heard == [str(n) for n in range(30)]
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_what_was_turned_away_is_brought_again_in_order(
    bot: Bot, hands: Hands, welder: int, hook: Hook
) -> None:
    hook.busy_for = 3
    await bot.set_webhook(hook.url, secret_token=SECRET, max_connections=10)
    for word in ("一", "二", "三"):
        await hands.type(phone=welder, text=word)
    await until_heard(hook, 3)
    assert (hook.heard, hook.turned_away) == (["一", "二", "三"], 3)
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.last_error_date and info.max_connections == 10


async def test_with_another_secret_it_is_not_let_in(bot: Bot, hands: Hands, welder: int, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token="of-somebody-else")
    await hands.type(phone=welder, text="在吗")
    async with asyncio.timeout(10):
        while not (info := await bot.get_webhook_info()).last_error_message:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert hook.heard == []
    assert (info.pending_update_count, info.url) == (1, hook.url)
    assert "401 Unauthorized" in info.last_error_message


async def test_nobody_polls_while_a_webhook_is_set(bot: Bot, hands: Hands, welder: int, hook: Hook) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.sleep(0.2)
    await bot.set_webhook(hook.url, secret_token=SECRET)
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await waiting
    with pytest.raises(TelegramConflictError, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert (await bot.get_webhook_info()).url == ""
    await hands.type(phone=welder, text="在")
    assert [update.message.text for update in await bot.get_updates()] == ["在"]


async def test_what_waits_can_be_dropped_with_the_webhook(bot: Bot, hands: Hands, welder: int) -> None:
    await hands.type(phone=welder, text="在")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []


@pytest.mark.parametrize(
    ("secret", "says"),
    [("有汉字", "secret token contains unallowed characters"), ("s" * 257, "secret token is too long")],
)
async def test_a_secret_has_a_form(bot: Bot, hook: Hook, secret: str, says: str) -> None:
    with pytest.raises(TelegramBadRequest, match=says):
        await bot.set_webhook(hook.url, secret_token=secret)
