"""`python -m bot demo` as a process of its own, which is what a visitor starts."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

_START = 60.0


@dataclass(slots=True)
class Demo:
    """A running demo; `said` is all that it wrote to the terminal, once it has ended."""

    url: str
    process: Process
    said: str = ""

    async def ends(self) -> int:
        """Ctrl-C; its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGINT)
        out, err = await self.process.communicate()
        self.said += out.decode() + err.decode()
        return int(self.process.returncode or 0)


@asynccontextmanager
async def running_demo(folder: Path, *more: str, broken: bool = False) -> AsyncIterator[Demo]:
    """Ends with an error where it did not end well, or wrote more than its one line.

    Where something is `broken` in it, it may say besides that it noticed, and that it is over.
    """
    port = free_port()
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--folder", str(folder), *more]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
    demo = Demo(f"http://127.0.0.1:{port}", process)
    assert process.stdout
    try:
        demo.said = (await asyncio.wait_for(process.stdout.readline(), _START)).decode()
        assert demo.url in demo.said, (await process.communicate())[1].decode()
        yield demo
    except BaseException:
        if process.returncode is None:
            process.kill()
            await process.communicate()
        raise
    assert await demo.ends() == 0, demo.said
    told = [line for line in demo.said.splitlines() if not (broken and "[bot.alarm]" in line)]
    assert len(told) == 1, demo.said
