"""The demo as a process: what it keeps, what it clears, where it listens, how it ends."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
from asyncio.subprocess import PIPE
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.sandbox.bot_api.flood import Flood
from bot.sandbox.demo import opened_demo
from bot.sandbox.demo.folder import DemoFolder
from tests.ports import free_port

from .process import Demo, running_demo


def at_the_page(demo: Demo) -> httpx.AsyncClient:
    """Speaks as the page does, with its own origin."""
    return httpx.AsyncClient(base_url=demo.url, headers={"Origin": demo.url}, trust_env=False, timeout=60)


async def day_on_the_page(demo: Demo) -> datetime:
    async with at_the_page(demo) as web:
        found = re.search(r'"day": "(\d+)\\u5e74(\d+)\\u6708(\d+)', (await web.get("/")).text)
    assert found
    return datetime(*map(int, found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001


async def test_a_visit_goes_on_where_the_last_one_ended_and_reset_begins_again(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo:
        first_day = await day_on_the_page(demo)
        async with at_the_page(demo) as web:
            for _ in range(2):  # One midnight may pass by itself meanwhile.
                await web.post("/wind/day")
    key = (tmp_path / "liandong.key").read_bytes()
    async with running_demo(tmp_path) as demo:
        assert (await day_on_the_page(demo) - first_day).days >= 2
    assert (tmp_path / "liandong.key").read_bytes() == key
    (tmp_path / "holiday.jpg").write_bytes(b"not the demo's")
    async with running_demo(tmp_path, "--reset") as demo:
        assert (await day_on_the_page(demo) - first_day).days < 2
    assert (tmp_path / "liandong.key").read_bytes() != key
    assert (tmp_path / "holiday.jpg").exists()


async def test_it_listens_on_this_machine_alone_and_ends_at_once_though_a_page_is_open(
    tmp_path: Path,
) -> None:
    async with running_demo(tmp_path) as demo, at_the_page(demo) as web, web.stream("GET", "/live") as line:
        assert line.status_code == 200
        listening = _listeners(demo.process.pid)
        assert demo.url.rpartition(":")[2] in {str(port) for _, port in listening}
        assert {host for host, _ in listening} == {"127.0.0.1"}
        ending = asyncio.create_task(demo.ends())
        async with asyncio.timeout(30):
            # Told its end: whoever is waited for and then cut off gets half an answer, and an error here.
            async for _ in line.aiter_raw():
                pass
            assert await ending == 0


async def test_a_second_demo_that_finds_the_port_busy_clears_nothing(tmp_path: Path) -> None:
    async with running_demo(tmp_path) as demo:
        port = demo.url.rpartition(":")[2]
        command = ["-m", "bot", "demo", "--port", port, "--folder", str(tmp_path), "--reset"]
        second = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=PIPE, stderr=PIPE)
        said = b"".join(await second.communicate()).decode()
        assert second.returncode
        assert port in said
        assert "Traceback" not in said
        assert (tmp_path / "liandong.db").exists()


@pytest.mark.parametrize("more", [(), ("--reset",)], ids=["opened", "reset"])
async def test_a_second_demo_in_the_same_folder_is_told_so_and_clears_nothing(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    async with running_demo(tmp_path):
        key = (tmp_path / "liandong.key").read_bytes()
        code, said = await demo_that_does_not_open(tmp_path, *more)
        assert (code, str(tmp_path) in said, said.count("\n")) == (1, True, 2)
        assert (tmp_path / "liandong.key").read_bytes() == key


async def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    code, said = await demo_that_does_not_open(tmp_path / "file" / "town")
    assert (code, str(tmp_path) in said, said.count("\n")) == (1, True, 2)


async def test_the_clock_begins_in_the_morning_and_goes_on_where_it_was_left(tmp_path: Path) -> None:
    async with opened_demo(tmp_path, 0) as (_, stage):
        assert (stage.now().astimezone(stage.timezone).hour, stage.now().minute) == (10, 0)
        await stage.wind("day")
        left = stage.now()
    async with opened_demo(tmp_path, 0) as (_, stage):
        assert timedelta() <= stage.now() - left < timedelta(minutes=1)


async def test_a_demo_that_was_killed_goes_on_from_seconds_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sandbox.demo.opening._CLOCK_IS_KEPT_EVERY", 0.1)
    async with opened_demo(tmp_path, 0) as (_, stage):
        await stage.wind("day")
        wound = stage.now()
        async with asyncio.timeout(20):
            while not (kept := DemoFolder(tmp_path).clock_left_at()) or kept <= wound:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def demo_that_does_not_open(folder: Path, *more: str) -> tuple[int, str]:
    command = ["-m", "bot", "demo", "--port", str(free_port()), "--folder", str(folder), *more]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=PIPE, stderr=PIPE)
    said = b"".join(await process.communicate()).decode()
    return int(process.returncode or 0), said


def _listeners(pid: int) -> set[tuple[str, int]]:
    """(host, port) of each TCP socket that the process listens on, as the kernel tells it."""
    inodes = {Path(fd).readlink().name for fd in Path(f"/proc/{pid}/fd").iterdir()}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    assert not [r for r in _rows6() if f"socket:[{r[9]}]" in inodes and r[3] == "0A"]
    return {_address(r[1]) for r in rows if r[3] == "0A" and f"socket:[{r[9]}]" in inodes}


def _rows6() -> list[list[str]]:
    table = Path("/proc/net/tcp6")
    return [line.split() for line in table.read_text().splitlines()[1:]] if table.exists() else []


def _address(written: str) -> tuple[str, int]:
    host, port = written.split(":")
    return socket.inet_ntoa(bytes.fromhex(host)[::-1]), int(port, 16)


async def test_with_flood_it_is_as_strict_as_telegram_and_nobody_is_refused(tmp_path: Path) -> None:
    async with opened_demo(tmp_path, 0, flood=True) as (rehearsal, stage):
        flood, hasty = rehearsal.world.telegram.gate, stage.phones[0].phone_id
        assert isinstance(flood, Flood)
        await rehearsal.until_calm(20)
        before = flood.let_through
        for _ in range(6):
            rehearsal.world.type(hasty, "我的资料")
        await rehearsal.until_calm(20)
        assert flood.let_through - before >= 6
        assert flood.refused == []
