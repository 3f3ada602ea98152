"""The program as a process of its own, as an operator runs it: `python -m bot run`, set by environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from bot.channels.gateways.kannel import INBOUND_QUERY
from bot.sandbox.sms_centre import SmsAccount
from bot.sandbox.world import World
from storage.database import Database
from storage.migrations import bring_up_to_date
from storage.vault import new_vault, read_vault, write_vault
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
PATH_SECRET = "an-unguessable-path-for-tests"
PASSWORD = "a pass/word & more"


class Program:
    """Its folder holds the database, the key and `log`, all that it ever wrote to stdout and stderr.

    `module` is what `python -m` runs; `settings` may be changed before `start`.
    """

    def __init__(self, folder: Path, world: World, outside: str, module: str = "bot") -> None:
        self.folder, self.module, self.port = folder, module, free_port()
        self.log = folder / "log"
        self.url = f"http://127.0.0.1:{self.port}"
        self.account = self._account()
        self.settings = _settings(self, world, outside)
        self._process: asyncio.subprocess.Process | None = None

    def _account(self) -> SmsAccount:
        """The SMS centre's side of it: who may send, and where a text from a phone is brought."""
        inbound = f"{self.url}/sms/{PATH_SECRET}/inbound?{INBOUND_QUERY}"
        return SmsAccount(password=PASSWORD, inbound_url=inbound)

    @property
    def process(self) -> int:
        """The id of the process at work."""
        assert self._process is not None
        return self._process.pid

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Its database, looked at from beside it."""
        opened = Database(self.settings["LIANDONG_DATABASE_URL"], read_vault(self.folder / "key"))
        try:
            yield opened
        finally:
            await opened.close()

    async def prepare(self) -> None:
        write_vault(new_vault(), self.folder / "key")
        await bring_up_to_date(self.settings["LIANDONG_DATABASE_URL"])

    async def start(self) -> None:
        """Begins a process; it is not yet at work."""
        self._process = await self._run("run")

    async def command(self, *words: str) -> int:
        """Any other command, to its end; what it says is in the log too. Its exit code."""
        return await (await self._run(*words)).wait()

    async def command_killed(self, when: Callable[[], bool], *words: str) -> int:
        """Any other command, killed as soon as `when` is true; its exit code."""
        process = await self._run(*words)
        while process.returncode is None:
            if when():
                process.kill()
                break
            await asyncio.sleep(0.002)
        return await process.wait()

    async def until_it_answers(self) -> None:
        """Until its HTTP door is open."""
        async with asyncio.timeout(30):
            while not await self._answers():
                assert self._process is not None
                assert self._process.returncode is None, self.log.read_text()
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """kill -9: not one instruction more."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """What an operator's `systemctl stop` does; its exit code."""
        return await self._end(signal.SIGTERM)

    async def stop_twice(self, pause: float, how: signal.Signals = signal.SIGTERM) -> int:
        """As somebody impatient does; its exit code."""
        if self._process:
            self._process.send_signal(how)
            await asyncio.sleep(pause)
        return await self._end(how)

    async def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        if process.returncode is None:
            process.send_signal(how)
        return await process.wait()

    async def _run(self, *words: str) -> asyncio.subprocess.Process:
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", self.module, *words,
                cwd=self.folder, env=self.settings, stdout=log, stderr=log,
            )  # fmt: skip

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True


def _settings(program: Program, world: World, outside: str) -> dict[str, str]:
    inherited: Mapping[str, str] = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "LIANDONG_DATABASE_URL": f"sqlite+aiosqlite:///{program.folder / 'liandong.db'}",
        "LIANDONG_KEY_FILE": str(program.folder / "key"),
        "LIANDONG_TELEGRAM_TOKEN": world.telegram.account.token,
        "LIANDONG_TELEGRAM_API": outside,
        "LIANDONG_TELEGRAM_RATE": "0",
        "LIANDONG_SMS_GATEWAY": "kannel",
        "LIANDONG_KANNEL_URL": outside,
        "LIANDONG_KANNEL_USERNAME": program.account.username,
        "LIANDONG_KANNEL_PASSWORD": program.account.password,
        "LIANDONG_KANNEL_FROM": world.service_number,
        "LIANDONG_SMS_PATH_SECRET": PATH_SECRET,
        "LIANDONG_PUBLIC_URL": program.url,
        "LIANDONG_HTTP_PORT": str(program.port),
    }
