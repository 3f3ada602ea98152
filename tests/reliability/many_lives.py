"""The program in one life after the other, each begun in a tenth of a second (see fork_server.py)."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Seconds that a process may take to end.
LONGEST_END = 20.0


class Midwife:
    """Speaks with the fork server."""

    def __init__(self, server: asyncio.subprocess.Process) -> None:
        self._server = server
        self._asking = asyncio.Lock()

    async def ask(self, order: object) -> int:
        assert self._server.stdin and self._server.stdout
        async with self._asking:
            self._server.stdin.write(json.dumps(order).encode() + b"\n")
            return int(await self._server.stdout.readline())


@asynccontextmanager
async def midwife() -> AsyncIterator[Midwife]:
    server = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.reliability.fork_server", cwd=ROOT, stdin=-1, stdout=-1
    )
    assert server.stdin
    try:
        yield Midwife(server)
    finally:
        server.stdin.close()
        await server.wait()


class Lives:
    """One place, `folder`, in which one process lives at a time."""

    def __init__(self, midwife: Midwife, folder: Path, settings: Mapping[str, str]) -> None:
        self._midwife, self.folder, self._settings = midwife, folder, dict(settings)
        folder.mkdir()
        self.log = folder / "log"
        self._pid: int | None = None

    async def begin(self) -> None:
        """It is not yet at work."""
        order = {"words": ["run"], "folder": str(self.folder), "settings": self._settings}
        self._pid = await self._midwife.ask(order | {"log": str(self.log)})

    async def kill(self) -> int:
        """kill -9: not one instruction more."""
        return await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """What `systemctl stop` does; its exit code, -9 where it had to."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        pid, self._pid = self._pid, None
        if pid is None:
            return 0
        # It is there until it was waited for: no other process can have its number.
        os.kill(pid, how)
        ended = asyncio.create_task(self._midwife.ask(pid))
        await asyncio.wait([ended], timeout=LONGEST_END)
        if not ended.done():
            os.kill(pid, signal.SIGKILL)
        return await ended
