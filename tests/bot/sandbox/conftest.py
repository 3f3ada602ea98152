"""The village of `tests/bot/loopback.py`, and the real client library talking to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.world import World
from tests.bot.loopback import clock, grandfather, secretary, url, welder, world

__all__ = ["clock", "grandfather", "secretary", "url", "welder", "world"]


@pytest.fixture
async def bot(world: World, url: str) -> AsyncIterator[Bot]:
    async with bot_of(world.telegram.account.token, url) as bot:
        yield bot


def bot_of(token: str, url: str) -> Bot:
    return Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
