"""Campaigns by the whole program: messages a second, each with its state, and the memory for a million."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from storage import campaign_life, campaigns
from storage.campaigns import Order
from storage.database import Database
from storage.vault import Vault, write_vault
from tests.bench.county import County, Doors, settle
from tests.bench.door_alone import SAID
from tests.bench.figures import Figure
from tests.bench.process import _resident
from tests.bench.processes import fast_bot_api, process, until_it_answers
from tests.ports import free_port

ONE_BY_ONE, BY_BATCH = 6_000, 60_000
# The round trip to a company on the other side of the country, in seconds.
FAR = 0.05
# The middle one of so many rounds counts.
ROUNDS = 3
_MILLION = 1_000_000


async def measure(folder: Path, vault: Vault) -> list[Figure]:
    return [
        await _by_chat(folder, vault),
        *[await _by_sms(folder, vault, far) for far in (0.0, FAR)],
        *[await _by_batch(folder, vault, batch, far) for batch in (100, 200) for far in (0.0, FAR)],
        await _ten_times_as_many(folder, vault),
        *await _a_million(folder, vault),
    ]


async def _by_chat(folder: Path, vault: Vault) -> Figure:
    async with fast_bot_api() as api:
        settings = {"LIANDONG_TELEGRAM_API": api.url, "LIANDONG_TELEGRAM_TOKEN": "1:" + "a" * 35}
        async with _campaign(folder, vault, ONE_BY_ONE, "telegram", settings):
            ours = await api.rate(ONE_BY_ONE)
    async with fast_bot_api() as api, _door_alone("telegram", api.url):
        raw = await api.rate(ONE_BY_ONE)
    return Figure("campaign by chat", ours, "/s", f"its door alone {raw:,.0f} /s", ours / raw, least=0.8)


async def _by_sms(folder: Path, vault: Vault, far: float) -> Figure:
    async with _company(far) as (url, web), _campaign(folder, vault, ONE_BY_ONE, "sms", _kannel(url)):
        ours = await _rate(web, url, ONE_BY_ONE)
    async with _company(far) as (url, web), _door_alone("sms", url):
        raw = await _rate(web, url, ONE_BY_ONE)
    what = f"campaign by SMS, one a request{_how_far(far)}"
    return Figure(what, ours, "/s", f"its door alone {raw:,.0f} /s", ours / raw, least=0.8)


async def _by_batch(folder: Path, vault: Vault, batch: int, far: float) -> Figure:
    ours = await _rate_by_batch(folder, vault, BY_BATCH, batch, far)
    what = f"campaign by SMS, {batch} a request{_how_far(far)}"
    return Figure(what, ours, "/s", "wanted 20,000 /s", ours / 20_000, least=1.0)


async def _rate_by_batch(folder: Path, vault: Vault, members: int, batch: int, far: float) -> float:
    async with (
        _company(far) as (url, web),
        _campaign(folder, vault, members, "sms", _plain_http(folder, url, batch)),
    ):
        return await _rate(web, url, members)


async def _ten_times_as_many(folder: Path, vault: Vault) -> Figure:
    """Seconds a message do not grow with the campaign."""
    few, many_more = [await _rate_by_batch(folder, vault, many, 200, 0.0) for many in (10_000, 100_000)]
    beside = f"to 10,000 {few:,.0f} /s"
    return Figure("campaign to 100,000", many_more, "/s", beside, few / many_more, most=1.25)


async def _a_million(folder: Path, vault: Vault) -> list[Figure]:
    async with _company(0.0) as (url, web):
        settings = _plain_http(folder, url, 200)
        async with _campaign(folder, vault, _MILLION, "sms", settings) as (running, county):
            peak = await _peak_until(web, url, running.pid, _MILLION // 10)
            pause = await _seconds_to_pause(web, url, county, vault)
    return [
        Figure("memory, a campaign to 1,000,000", peak, "MB", "wanted 150 MB", peak / 150, most=1.0),
        Figure("seconds until a pause is kept", pause, "s", "wanted 1 s", pause, most=1.0),
    ]


async def _peak_until(web: aiohttp.ClientSession, url: str, pid: int, sent: int) -> float:
    peak = 0.0
    while (await _seen(web, url))[0] < sent:
        peak = max(peak, _resident(pid))
        await asyncio.sleep(0.2)
    return peak


async def _seconds_to_pause(web: aiohttp.ClientSession, url: str, county: County, vault: Vault) -> float:
    """From the commit of the pause to the last message that left."""
    database = Database(county.url, vault)
    async with database.writing() as tx:
        [running] = await campaign_life.in_state(tx, "running")
        assert await campaign_life.pause(tx, running.id)
    paused, last, seen = time.perf_counter(), 0.0, -1
    while time.perf_counter() - paused < 3:
        now, _, _ = await _seen(web, url)
        if now != seen:
            seen, last = now, time.perf_counter() - paused
        await asyncio.sleep(0.01)
    await database.close()
    return last


def _door_alone(name: str, url: str) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    return process(sys.executable, "-m", "tests.bench.door_alone", name, url, str(ONE_BY_ONE))


@asynccontextmanager
async def _campaign(
    folder: Path, vault: Vault, members: int, doors: Doors, settings: dict[str, str]
) -> AsyncIterator[tuple[asyncio.subprocess.Process, County]]:
    """The program at work on a campaign to so many."""
    there = folder / f"campaign-{doors}-{members}"
    if not there.exists():
        there.mkdir()
        await settle(there, vault, members, doors)
    at_work = folder / "campaign"
    shutil.rmtree(at_work, ignore_errors=True)
    shutil.copytree(there, at_work)
    county = County(at_work / f"county-{members}.db", members)
    await _plan(county, vault)
    write_vault(vault, at_work / "key")
    env = {
        "PATH": os.environ["PATH"],
        "LIANDONG_DATABASE_URL": county.url,
        "LIANDONG_KEY_FILE": str(at_work / "key"),
        "LIANDONG_HTTP_PORT": str(free_port()),
        "LIANDONG_LOG_LEVEL": "WARNING",
        "LIANDONG_TELEGRAM_RATE": "0",
        **settings,
    }
    async with process(sys.executable, "-m", "bot", "run", env=env, log=at_work / "log") as running:
        yield running, county


async def _plan(county: County, vault: Vault) -> None:
    database, now = Database(county.url, vault), datetime.now(UTC)
    async with database.writing() as tx:
        order = Order("notice", words={"zh": SAID}, at_any_hour=True)
        await campaigns.make(tx, now, None, order, now, unit_id="p")
    await database.close()


@asynccontextmanager
async def _company(delay: float) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    server = process(sys.executable, "-m", "tests.bench.fast_company", str(port), str(delay))
    async with server, aiohttp.ClientSession() as web:
        await until_it_answers(web, f"{url}/seen")
        yield url, web


async def _rate(web: aiohttp.ClientSession, url: str, numbers: int) -> float:
    async with asyncio.timeout(300):
        while True:
            seen, seconds, _ = await _seen(web, url)
            if seen >= numbers:
                return float(seen / seconds)
            await asyncio.sleep(0.05)


async def _seen(web: aiohttp.ClientSession, url: str) -> Any:
    async with web.get(f"{url}/seen") as answer:
        return await answer.json()


def _kannel(url: str) -> dict[str, str]:
    return {
        "LIANDONG_SMS_GATEWAY": "kannel",
        "LIANDONG_KANNEL_URL": url,
        "LIANDONG_KANNEL_USERNAME": "u",
        "LIANDONG_KANNEL_PASSWORD": "p",
        "LIANDONG_SMS_PATH_SECRET": "an-unguessable-path-for-the-bench",
        "LIANDONG_PUBLIC_URL": "http://127.0.0.1:9",
    }


def _plain_http(folder: Path, url: str, batch: int) -> dict[str, str]:
    described = folder / f"company-{batch}.toml"
    described.write_text(
        f"""[send]
url = "{url}/send"
separator = ","
most_at_once = {batch}
fields = {{ to = "{{number}}", text = "{{text}}", account = "{{account}}" }}

[answer]
status = [202]
field = "code"
is = ["0"]
id = "id"
"""
    )
    return {
        "LIANDONG_SMS_GATEWAY": "plain_http",
        "LIANDONG_PLAIN_HTTP_FILE": str(described),
        "LIANDONG_PLAIN_HTTP_ACCOUNT": "u",
        "LIANDONG_PLAIN_HTTP_SECRET": "p",
        "LIANDONG_SMS_PATH_SECRET": "an-unguessable-path-for-the-bench",
    }


def _how_far(far: float) -> str:
    return f", {far * 1000:.0f} ms away" if far else ""
