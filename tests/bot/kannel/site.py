"""A branch with its program, which may be down, and the settings that go with Kannel's page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Row, select

from bot.app import App, running
from bot.clock import WallClock
from bot.doctor.doors import gateway
from bot.doctor.finding import Patient
from bot.sandbox.world import World
from bot.settings import Settings, read_settings
from content.letter import Letter
from content.words.catalogue import tongue
from storage import post
from storage.database import Database
from storage.inbox import inbox
from storage.migrations import bring_up_to_date
from storage.outbox import outbox
from storage.vault import new_vault, read_vault, write_vault
from tests.bot.kannel import boxes
from tests.bot.kannel.boxes import Boxes
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch

SECRET = "an-unguessable-path-for-kannel"
PASSWORD = "from-the-page"


class Site:
    """`members` have numbers. Its Kannel is set up as the page says, its program as the settings say."""

    members: Sequence[Resident]

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._database = f"sqlite+aiosqlite:///{folder / 'liandong.db'}"
        self._kannel_at = self._status_at = ""

    async def prepare(self) -> None:
        write_vault(new_vault(), self.folder / "key")
        await bring_up_to_date(self._database)
        async with self.database() as database:
            clock = WallClock()
            self.members = await found_branch(database, World(clock), clock.now(), 4)

    def boxes(self, line: str) -> Boxes:
        """Kannel with this line, told where our program is."""
        values = {
            "PUBLIC_URL": self.url,
            "SMS_PATH_SECRET": SECRET,
            "KANNEL_PASSWORD": PASSWORD,
            "SYSTEM_PASSWORD": "secret",
        }
        made = boxes.boxes_in(self.folder, line, values)
        self._kannel_at = f"http://127.0.0.1:{made.sendsms}"
        self._status_at = f"http://127.0.0.1:{made.admin}/status.xml"
        return made

    def settings(self) -> Settings:
        written = {
            "LIANDONG_DATABASE_URL": self._database,
            "LIANDONG_KEY_FILE": str(self.folder / "key"),
            "LIANDONG_SMS_GATEWAY": "kannel",
            "LIANDONG_KANNEL_URL": self._kannel_at,
            "LIANDONG_KANNEL_STATUS_URL": self._status_at,
            "LIANDONG_KANNEL_USERNAME": "KANNEL_USERNAME",
            "LIANDONG_KANNEL_PASSWORD": PASSWORD,
            "LIANDONG_KANNEL_FROM": "10690",
            "LIANDONG_SMS_PATH_SECRET": SECRET,
            "LIANDONG_SMS_ALLOW": "127.0.0.1",
            "LIANDONG_PUBLIC_URL": self.url,
            "LIANDONG_HTTP_PORT": str(self.port),
        }
        return read_settings(written, self.folder)

    @asynccontextmanager
    async def program(self) -> AsyncIterator[App]:
        async with running(self.settings(), WallClock(), 0.2) as app:
            yield app

    async def examined(self) -> dict[str, str]:
        """What the doctor finds, by the name of each check."""
        found = await gateway(Patient(self.settings(), tongue("zh"), WallClock().now()))
        return {one.check: one.state for one in found}

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        opened = Database(self._database, read_vault(self.folder / "key"))
        try:
            yield opened
        finally:
            await opened.close()

    async def write_to(self, member: Resident, words: str) -> None:
        """By whatever door: a promise in the outbox, which no night holds up."""
        async with self.database() as database, database.writing() as tx:
            key = f"{member.id}:{words[:8]}"
            assert await post.tell(tx, WallClock().now(), member.id, Letter(words), "reply", key)

    async def letters(self) -> list[Row[Any]]:
        async with self.database() as database, database.reading() as tx:
            return list(await tx.conn.execute(select(outbox).order_by(outbox.c.id)))

    async def messages(self) -> list[Row[Any]]:
        async with self.database() as database, database.reading() as tx:
            return list(await tx.conn.execute(select(inbox).order_by(inbox.c.id)))

    async def outcomes(self) -> list[tuple[str, str | None]]:
        """Of all letters, once each has ended."""
        rows = await until(self.letters, lambda rows: all(row.settled_at for row in rows))
        return [(row.state, row.reason) for row in rows]


async def until(
    ask: Callable[[], Awaitable[list[Row[Any]]]], true: Callable[[list[Row[Any]]], bool]
) -> list[Row[Any]]:
    async with asyncio.timeout(90):
        while not true(rows := await ask()):  # noqa: ASYNC110 - a database rings no bell
            await asyncio.sleep(0.05)
    return rows
