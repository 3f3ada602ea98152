"""Inbound SMS webhooks, in the inbox before their 200, beside the same server that keeps nothing."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import aiohttp

from tests.bench.figures import Figure
from tests.bench.processes import process, until_it_answers
from tests.bench.sms_door import PATH
from tests.ports import free_port

MESSAGES = 12_000
# Connections: few wait for each other's commits, many share them.
AT_ONCE = (50, 200)
# The middle one counts.
ROUNDS = 3


async def measure(folder: Path) -> list[Figure]:
    return [await _beside_forgetting(folder, many) for many in AT_ONCE]


async def _beside_forgetting(folder: Path, many: int) -> Figure:
    rounds = [await _round(folder / f"{many}-{n}", many) for n in range(ROUNDS)]
    return Figure(
        f"inbound SMS, in the inbox before the 200, {many} at once",
        median(keeping for keeping, _ in rounds),
        "/s",
        f"the same server keeping nothing {median(forgetting for _, forgetting in rounds):,.0f} /s",
        median(keeping / forgetting for keeping, forgetting in rounds),
        least=0.5,
    )


async def _round(folder: Path, many: int) -> tuple[float, float]:
    folder.mkdir()
    return await _rate(many, str(folder)), await _rate(many, str(folder), "forgetful")


async def _rate(many: int, *words: str) -> float:
    port = free_port()
    async with process(sys.executable, "-m", "tests.bench.sms_door", str(port), *words):
        async with aiohttp.ClientSession() as web:
            await until_it_answers(web, f"http://127.0.0.1:{port}/")
        numbers = iter(range(MESSAGES))
        started = time.perf_counter()
        await asyncio.gather(*(_bring(port, numbers) for _ in range(many)))
        return MESSAGES / (time.perf_counter() - started)


async def _bring(port: int, numbers: Iterator[int]) -> None:
    """One gateway connection that brings one text after the other, written by hand to cost little."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for n in numbers:
        said = {
            "from": f"+86139{n:08}",
            "to": "10690",
            "text": "签到",
            "id": f"b-{n}",
            "charset": "UTF-8",
            "coding": "2",
        }
        writer.write(f"GET {PATH}/inbound?{urlencode(said)} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        await reader.readexactly(int(length or 0))
    writer.close()
