"""The program as a process: how soon it answers after its start, and what memory it takes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from bot.channels.gateways.kannel import INBOUND_QUERY
from storage import addresses, offices, people, units
from storage.database import Database
from storage.migrations import bring_up_to_date
from storage.vault import Vault, new_vault, write_vault
from tests.bench.county import NOW, County
from tests.bench.figures import Figure
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
SECRET, OFFICER = "an-unguessable-path-for-the-bench", "+8613900000001"
# Of a Python that starts, imports what it is built on, and does nothing.
MOST_SLOWER, MOST_LARGER = 4.0, 2.0
# A million members are in the file, and not in the memory.
MOST_GROWN = 1.5
STARTS = 3
BARE = "import sqlalchemy.ext.asyncio, aiosqlite, telegram, httpx, uvicorn, starlette.applications"


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds until /health said yes; resident megabytes then, and after a page of the silent."""

    seconds: float
    idle: float
    asked: float


async def measure(folder: Path, vault: Vault | None = None, county: County | None = None) -> list[Figure]:
    """`county` is a database of many members, where there is one."""
    vault = vault or new_vault()
    bare_seconds, bare_memory = min([await _bare() for _ in range(STARTS)])
    empty = await _soonest(folder / "empty.db", vault)
    beside = f"Python with its libraries {bare_seconds:.2f} s"
    figures = [
        Figure(
            "start to /health", empty.seconds, "s", beside, empty.seconds / bare_seconds, most=MOST_SLOWER
        ),
        Figure(
            "memory, idle",
            empty.idle,
            "MB",
            f"Python with its libraries {bare_memory:.0f} MB",
            empty.idle / bare_memory,
            most=MOST_LARGER,
        ),
    ]
    return [*figures, *(await _with_many(county, vault, empty) if county else [])]


async def _with_many(county: County, vault: Vault, empty: Seen) -> list[Figure]:
    await _appoint(county, vault)
    full = await _soonest(county.path, vault, ask="失联")
    seconds, peak = await _morning(county, vault)
    beside = f"with no member {empty.idle:.0f} MB"
    members = f"{county.members:,} members"
    return [
        Figure(
            f"start to /health, {members}",
            full.seconds,
            "s",
            f"with no member {empty.seconds:.2f} s",
            full.seconds / empty.seconds,
            most=MOST_GROWN,
        ),
        Figure(f"memory, idle, {members}", full.idle, "MB", beside, full.idle / empty.idle, most=MOST_GROWN),
        Figure(
            f"memory, asked who is silent, {members}",
            full.asked,
            "MB",
            beside,
            full.asked / empty.idle,
            most=MOST_GROWN,
        ),
        Figure(
            f"memory, a morning's jobs in {seconds:.0f} s, {members}",
            peak,
            "MB",
            beside,
            peak / empty.idle,
            most=MOST_GROWN,
        ),
    ]


async def _bare() -> tuple[float, float]:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", f"{BARE}; print(flush=True); input()", stdin=-1, stdout=-1
    )
    assert process.stdin and process.stdout
    await process.stdout.readline()
    seconds, memory = time.perf_counter() - started, _resident(process.pid)
    process.stdin.write(b"\n")
    await process.wait()
    return seconds, memory


async def _soonest(path: Path, vault: Vault, ask: str = "") -> Seen:
    """Of several starts: whatever else the machine does makes one slower, none sooner."""
    return min([await _run(path, vault, ask) for _ in range(STARTS)], key=lambda seen: seen.seconds)


async def _run(path: Path, vault: Vault, ask: str = "") -> Seen:
    key = path.with_suffix(".key")
    if not key.exists():
        write_vault(vault, key)
    url = f"sqlite+aiosqlite:///{path}"
    await bring_up_to_date(url)
    port, started = free_port(), time.perf_counter()
    async with _program(path, key, port) as pid, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        await _until_it_answers(client)
        seconds = time.perf_counter() - started
        await asyncio.sleep(2)
        idle = _resident(pid)
        if ask:
            await _text(client, ask)
            await asyncio.sleep(6)
        return Seen(seconds, idle, _resident(pid))


@asynccontextmanager
async def _program(path: Path, key: Path, port: int) -> AsyncIterator[int]:
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LIANDONG_DATABASE_URL": f"sqlite+aiosqlite:///{path}",
        "LIANDONG_KEY_FILE": str(key),
        "LIANDONG_SMS_GATEWAY": "kannel",
        "LIANDONG_KANNEL_URL": "http://127.0.0.1:9",
        "LIANDONG_KANNEL_USERNAME": "nobody",
        "LIANDONG_KANNEL_PASSWORD": "nothing",
        "LIANDONG_SMS_PATH_SECRET": SECRET,
        "LIANDONG_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "LIANDONG_HTTP_PORT": str(port),
        "LIANDONG_LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=path.parent, env=settings
    )
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _until_it_answers(client: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with client.get("/health") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.01)


async def _text(client: aiohttp.ClientSession, words: str) -> None:
    """What the gateway brings when the officer texts us."""
    said = {"%p": OFFICER, "%P": "1069", "%a": words, "%C": "utf-8", "%c": "2", "%i": "x", "%I": "1"}
    asked = dict(pair.split("=") for pair in INBOUND_QUERY.split("&"))
    query = urlencode({name: said.get(mark, mark) for name, mark in asked.items()})
    async with client.get(f"/sms/{SECRET}/inbound?{query}") as answer:
        answer.raise_for_status()


async def _appoint(county: County, vault: Vault) -> None:
    """Somebody at the top, who asks by SMS."""
    database = Database(county.url, vault)
    try:
        async with database.writing() as tx:
            person = await people.add(tx, NOW, "祝文书")
            await offices.grant(tx, NOW, person, "committee", await units.by_id(tx, "p"))
            await addresses.add(tx, NOW, person, "sms", OFFICER, verified=True)
            await people.has_joined(tx, person, NOW)
    finally:
        await database.close()


async def _morning(county: County, vault: Vault) -> tuple[float, float]:
    """Reminders, reports and the Monday round in a process of their own: seconds, and its peak."""
    key = county.path.with_suffix(".key")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.morning", county.url, str(key), cwd=ROOT, stdout=-1
    )
    said, _ = await process.communicate()
    seconds, peak = said.decode().splitlines()[-1].split()
    return float(seconds), float(peak)


def _resident(pid: int) -> float:
    """Megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
