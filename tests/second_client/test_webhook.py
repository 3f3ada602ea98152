"""Updates are brought to aiogram's own webhook server, with the secret, again and again, in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiogram.methods import SendMessage
from aiogram.types import BufferedInputFile, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from conftest import SANDBOX, TOKEN, Hands

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
    async def hear(message: Message) -> SendMessage | None:
        hook.heard.append(message.text or "")
        return (
            message.answer(f"<b>{message.text}</b>", parse_mode="HTML")
            if "答" in (message.text or "")
            else None
        )

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
    async with serving(app) as url:
        hook.url = f"{url}/hook"
        yield hook
        await bot.delete_webhook()


@asynccontextmanager
async def serving(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
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


async def test_a_bot_may_answer_in_its_answer(bot: Bot, hands: Hands, welder: int, hook: Hook) -> None:
    await bot.set_webhook(hook.url, secret_token=SECRET)
    await hands.type(phone=welder, text="请答")
    async with asyncio.timeout(10):
        while not (last := await hands.last(phone=welder))["from_bot"]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert (last["text"], hook.heard) == ("请答", ["请答"])


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"method": "sendMessage", "text": "JSON"}, "JSON"),
        ({"method": "SENDMESSAGE", "text": "*a", "parse_mode": "MarkdownV2"}, None),
        ({"method": "getMe"}, None),
        ({"method": "deleteWebhook"}, None),
    ],
)
async def test_what_may_stand_in_an_answer(
    bot: Bot, hands: Hands, welder: int, answer: dict[str, str], shown: str | None
) -> None:
    heard = asyncio.Event()

    async def take(request: web.Request) -> web.Response:
        heard.set()
        return web.json_response(answer | {"chat_id": welder})

    app = web.Application()
    app.router.add_post("/hook", take)
    async with serving(app) as url:
        await bot.set_webhook(f"{url}/hook")
        typed = await hands.type(phone=welder, text="在吗")
        await asyncio.wait_for(heard.wait(), 10)
        await asyncio.sleep(0.1)
        assert (await bot.get_webhook_info()).url
    said = [bubble["text"] for bubble in await hands.screen(phone=welder) if bubble["id"] > typed]
    assert said == ([shown] if shown else [])


async def test_what_is_said_of_the_webhook(bot: Bot, hook: Hook) -> None:
    said = [
        await raw("setWebhook", url=hook.url, max_connections=500),
        await raw("setWebhook", url=hook.url, max_connections=100),
        await raw("setWebhook", url=""),
        await raw("deleteWebhook"),
    ]
    assert [answer["description"] for answer in said] == [
        "Webhook was set",
        "Webhook is already set",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]
    certificate = BufferedInputFile(b"-----BEGIN CERTIFICATE-----", "own.pem")
    await bot.set_webhook(hook.url, certificate=certificate, max_connections=0, allowed_updates=["message"])
    info = await bot.get_webhook_info()
    assert info.has_custom_certificate and info.max_connections == 1 and info.ip_address == "127.0.0.1"
    assert info.allowed_updates == ["message"]


async def test_nobody_at_the_address_is_told(bot: Bot, hands: Hands, welder: int) -> None:
    await bot.set_webhook("http://127.0.0.1:9/hook")
    await hands.type(phone=welder, text="在吗")
    async with asyncio.timeout(10):
        while not (info := await bot.get_webhook_info()).last_error_message:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == []


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://bot.example.cn/hook", "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            "https://bot.example.cn:8090/hook",
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ("https://10.0.0.1/hook", "bad webhook: IP address 10.0.0.1 is reserved"),
        ("ftp://bot.example.cn/hook", "invalid webhook URL specified"),
        ("https://:443", "invalid webhook URL specified"),
        ("http://127.0.0.1:99999/", "invalid webhook URL specified"),
    ],
)
async def test_an_address_telegram_would_not_call(bot: Bot, url: str, says: str) -> None:
    with pytest.raises(TelegramBadRequest) as refused:
        await bot.set_webhook(url)
    assert refused.value.message == f"Bad Request: {says}"
    assert (await bot.get_webhook_info()).url == ""


async def raw(method: str, **said: object) -> dict[str, object]:
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{SANDBOX}/bot{TOKEN}/{method}", json=said) as answer,
    ):
        return await answer.json()
