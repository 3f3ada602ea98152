"""aiogram before a sandbox that another process holds, and hands for the phones in it."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

SANDBOX, TOKEN = os.environ["SANDBOX"], os.environ["TOKEN"]
_numbers = itertools.count(1)


class Hands:
    """Each verb of tests/bot/sandbox/hands.py as a method."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    def __getattr__(self, verb: str) -> Any:
        async def do(**said: Any) -> Any:
            async with self._http.post(f"{SANDBOX}/hands/{verb}", json=said) as answer:
                assert answer.status == 200, await answer.text()
                return await answer.json()

        return do

    async def somebody(self) -> int:
        """A new phone whose owner has not spoken to the bot."""
        n = next(_numbers)
        return await self.new_phone(owner=f"何{n}", number=f"+86139001{n:05}")

    async def last(self, phone: int) -> dict[str, Any]:
        return (await self.screen(phone=phone))[-1]


def bot_with(token: str) -> Bot:
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(SANDBOX)))


@pytest.fixture
async def hands() -> AsyncIterator[Hands]:
    async with aiohttp.ClientSession() as http:
        yield Hands(http)


@pytest.fixture(scope="session")
async def one_bot() -> AsyncIterator[Bot]:
    """One for all: aiogram takes a quarter of a second to hang up."""
    async with bot_with(TOKEN) as bot:
        yield bot


@pytest.fixture
async def bot(hands: Hands, one_bot: Bot) -> Bot:
    """Nothing is left for it from the test before."""
    await hands.flood(on=False)
    await one_bot.delete_webhook(drop_pending_updates=True)
    await one_bot.get_updates(offset=-1, allowed_updates=[])
    return one_bot


@pytest.fixture
async def welder(hands: Hands, bot: Bot) -> int:
    """Somebody who said /start; nothing of it waits any more."""
    phone = await hands.somebody()
    await hands.type(phone=phone, text="/start")
    await bot.delete_webhook(drop_pending_updates=True)
    return phone
