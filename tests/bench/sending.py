"""Messages sent to the loopback Bot API, each with a durable state, beside a client that only sends."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from content.letter import Letter
from storage import outbox
from storage.database import Database
from storage.outbox import Destination
from storage.vault import read_vault
from tests.bench.check_ins import set_up
from tests.bench.crowd import FIRST_CHAT
from tests.bench.figures import Figure
from tests.bench.processes import FastBotApi, fast_bot_api, process

MESSAGES = 3000
# The highest rate that Telegram sells.
WANTED = 1000.0
SAID = "工资要用钱发，转账或现金，不能拿货物来抵。有难处，写“求助”两个字。"
AT_ONCE = 100


async def measure(folder: Path) -> list[Figure]:
    ours, raw = await _ours(folder / "sending"), await _raw()
    what = "messages sent, each with a durable state"
    return [
        Figure(what, ours, "/s", f"a raw aiohttp client {raw:,.0f} /s", ours / raw, least=0.25),
        Figure(what, ours, "/s", f"the rate Telegram sells {WANTED:,.0f} /s", ours / WANTED, least=1.0),
    ]


async def _ours(folder: Path) -> float:
    env = await set_up(folder, 1)
    await _promise_to_many(env)
    async with fast_bot_api() as api:
        env["LIANDONG_TELEGRAM_API"] = api.url
        async with process(sys.executable, "-m", "bot", "run", env=env, log=folder / "log"):
            return await api.rate(MESSAGES)


async def _promise_to_many(env: dict[str, str]) -> None:
    database = Database(env["LIANDONG_DATABASE_URL"], read_vault(Path(env["LIANDONG_KEY_FILE"])))
    async with database.writing() as tx:
        for n in range(MESSAGES):
            to = Destination("telegram", str(FIRST_CHAT + n))
            await outbox.promise(tx, datetime.now(UTC), to, Letter(SAID), "lesson", f"lesson:{n}")
    await database.close()


async def _raw() -> float:
    async with fast_bot_api() as api, aiohttp.ClientSession() as web:
        chats = iter(range(FIRST_CHAT, FIRST_CHAT + MESSAGES))
        await asyncio.gather(*(_send(api, web, chats) for _ in range(AT_ONCE)))
        return await api.rate(MESSAGES)


async def _send(api: FastBotApi, web: aiohttp.ClientSession, chats: Iterator[int]) -> None:
    """One of many senders that share a list."""
    for chat in chats:
        said = {"chat_id": str(chat), "text": SAID}
        async with web.post(f"{api.url}/bot1:a/sendMessage", data=said) as answer:
            await answer.read()
