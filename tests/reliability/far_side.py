"""The far side of a door: counting_peers.py in a process of its own, and the settings that lead there."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench.processes import process, until_it_answers
from tests.ports import free_port

# So many numbers the company takes in one request.
IN_ONE_REQUEST = 10
_COMPANY = """
[send]
url = "{url}/send"
form = "json"
numbers = "e164"
most_at_once = {most}
fields = {{ to = ["{{each_number}}"], text = "{{text}}" }}

[answer]
field = "status"
is = ["accepted"]
id = "id"
"""


@dataclass
class FarSide:
    url: str
    web: aiohttp.ClientSession

    async def total(self) -> int:
        """How many messages came."""
        async with self.web.get(f"{self.url}/total") as answer:
            return int(await answer.text())

    async def counts(self) -> Counter[str]:
        """How many came to each."""
        async with self.web.get(f"{self.url}/counts") as answer:
            return Counter(await answer.json())


@asynccontextmanager
async def far_side(company: str) -> AsyncIterator[FarSide]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    peer = process(sys.executable, "-m", "tests.reliability.counting_peers", company, str(port))
    async with peer, aiohttp.ClientSession() as web:
        await until_it_answers(web, f"{url}/total")
        yield FarSide(url, web)


def as_telegram(there: FarSide) -> dict[str, str]:
    return {
        "LIANDONG_TELEGRAM_TOKEN": "1:" + "a" * 35,
        "LIANDONG_TELEGRAM_API": there.url,
        "LIANDONG_TELEGRAM_RATE": "0",
    }


def by_batches(there: FarSide, folder: Path) -> dict[str, str]:
    """A company that takes many numbers at once; its file is written into `folder`."""
    file = folder / "sms.toml"
    file.write_text(_COMPANY.format(url=there.url, most=IN_ONE_REQUEST))
    return {"LIANDONG_SMS_GATEWAY": "plain_http", "LIANDONG_PLAIN_HTTP_FILE": str(file)}


def one_by_one(there: FarSide, _folder: Path) -> dict[str, str]:
    """Kannel."""
    return {
        "LIANDONG_SMS_GATEWAY": "kannel",
        "LIANDONG_KANNEL_URL": there.url,
        "LIANDONG_KANNEL_USERNAME": "liandong",
        "LIANDONG_KANNEL_PASSWORD": "a password",
    }
