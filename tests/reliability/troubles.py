"""A town that goes on talking while the database of its program takes nothing in."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import WallClock
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.world import World
from storage import addresses, deliveries, inbox, offices, people, units
from storage.contacts import contacts
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch
from tests.reliability.program import PATH_SECRET, Program

MEMBERS = 12
WEBHOOK = {"LIANDONG_TELEGRAM_MODE": "webhook", "LIANDONG_TELEGRAM_SECRET": "a-secret-of-the-webhook"}


@dataclass
class SlowCentre:
    """An SMS centre that thinks for `seconds` before it answers; `asked` counts who asked."""

    seconds: float = 0.0
    asked: int = 0

    def before(self, app: ASGIApp) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if scope.get("path", "").endswith("sendsms"):
                self.asked += 1
                await asyncio.sleep(self.seconds)
            await app(scope, receive, send)

        return answer


@dataclass
class Town:
    program: Program
    world: World
    residents: list[Resident]
    admin: Phone
    centre: SlowCentre
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def everybody_checks_in(self) -> None:
        """By each door that they have."""
        for who in self.residents:
            self.world.text(who.phone.id, "签到")
            self.said[who.id, "sms"] += 1
            if who.phone.smartphone:
                self.world.type(who.phone.id, "签到")
                self.said[who.id, "telegram"] += 1

    def heard(self) -> Counter[tuple[str, str]]:
        """Answers that arrived, by member and door."""
        heard: Counter[tuple[str, str]] = Counter()
        for who in self.residents:
            heard[who.id, "sms"] = sum(m.from_program for m in self.world.sms(who.phone.id))
            if who.phone.smartphone:
                heard[who.id, "telegram"] = sum(m.from_bot for m in self.world.chat(who.phone.id))
        return +heard

    def admin_heard(self) -> list[str]:
        by_sms = [m.body for m in self.world.sms(self.admin.id) if m.from_program]
        return [m.text for m in self.world.chat(self.admin.id) if m.from_bot] + by_sms

    async def until(self, so: Callable[[], bool], patience: float = 30) -> None:
        async with asyncio.timeout(patience):
            while not so():  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def until_told(self, words: str, patience: float = 30) -> None:
        await self.until(lambda: any(words in told for told in self.admin_heard()), patience)

    async def until_health_says(self, what: str, told: int, patience: float = 30) -> None:
        """That this is wrong, and nothing else, and how many have been told."""
        async with asyncio.timeout(patience):
            while await self._alarms() != [(what, told)]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    async def _alarms(self) -> list[tuple[str, int]]:
        _, health = await self.asked("/health")
        return [(alarm["what"], alarm["told"]) for alarm in health["alarms"]]

    async def until_settled(self, patience: float = 60) -> None:
        async with asyncio.timeout(patience):
            while not await self._is_settled():  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    async def _is_settled(self) -> bool:
        await self.world.settled()
        async with self.program.database() as database, database.reading() as tx:
            letters, messages = await deliveries.tally(tx), await inbox.tally(tx)
        waiting = messages.get("new", 0) + letters.get("pending", 0) + letters.get("sending", 0)
        return not waiting and not self.world.telegram.updates.waiting

    async def check_ins(self) -> dict[tuple[str, str], int]:
        """What was taken down, by member and door."""
        query = (
            select(contacts.c.member_id, contacts.c.channel, func.count())
            .where(contacts.c.kind == "check_in")
            .group_by(contacts.c.member_id, contacts.c.channel)
        )
        async with self.program.database() as database, database.reading() as tx:
            return {(row[0], row[1]): row[2] for row in await tx.conn.execute(query)}

    async def gateway_brings(self, words: str) -> int:
        """What a gateway hears that brings a text from somebody."""
        number = self.residents[0].phone.number.replace("+", "%2B")
        query = f"from={number}&to=1&text={words}&charset=UTF-8&coding=0&ts=1&id={words}"
        status, _ = await self.asked(f"/sms/{PATH_SECRET}/inbound?{query}")
        return status

    async def asked(self, path: str) -> tuple[int, Any]:
        """Our own HTTP door: its status, and the JSON it answers with."""
        return await asyncio.to_thread(_get, self.program.url + path)


def _get(url: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            status, body = refused.code, refused.read()
    return status, json.loads(body) if body.startswith(b"{") else None


@asynccontextmanager
async def a_town(
    folder: Path, database_url: str, *, module: str = "tests.reliability.impatient", by: str = "polling"
) -> AsyncIterator[Town]:
    """Its program is ready to start; by `webhook` or `polling` it hears what is said in chats."""
    world, port = World(WallClock()), free_port()
    program = Program(folder, world, f"http://127.0.0.1:{port}", module)
    program.settings["LIANDONG_DATABASE_URL"] = database_url
    if by == "webhook":
        program.settings |= WEBHOOK | {"LIANDONG_TELEGRAM_WEBHOOK_URL": program.url}
    await program.prepare()
    async with program.database() as database:
        residents = await found_branch(database, world, world.clock.now(), MEMBERS)
    centre = SlowCentre()
    town = Town(program, world, residents, world.add_phone("祝管", "+8613900009999"), centre)
    await _appoint(town)
    app = sandbox_app(world, program.account)
    app.add_middleware(_Before, centre=centre)
    async with serving(app, port):
        try:
            yield town
        finally:
            await program.kill()


class _Before:
    def __init__(self, app: ASGIApp, centre: SlowCentre) -> None:
        self._app = centre.before(app)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


async def _appoint(town: Town) -> None:
    """An administrator with a chat and a number."""
    now, phone = town.world.clock.now(), town.admin
    async with town.program.database() as database, database.writing() as tx:
        person = await people.add(tx, now, phone.owner)
        [committee] = [unit for unit in await units.everyone(tx) if unit.kind == "committee"]
        await offices.grant(tx, now, person, "admin", committee)
        await addresses.add(tx, now, person, "sms", phone.number, verified=True)
        await addresses.add(tx, now, person, "telegram", str(phone.id), verified=True)
        await people.has_joined(tx, person, now)
    town.world.private_chat(phone.id).known = True


async def lives_through(town: Town, trouble: Callable[[], AbstractContextManager[None]], alarm: str) -> None:
    """People talk before, during and after it. Nobody may notice more than that the answer took longer."""
    await town.program.start()
    await town.program.until_it_answers()
    town.everybody_checks_in()
    await town.until_settled()
    assert town.heard() == town.said
    assert (await town.asked("/health"))[0] == 200
    before = town.heard()
    with trouble():
        assert await town.gateway_brings("refused") == 503
        town.everybody_checks_in()
        await town.until_told(alarm)
        await asyncio.sleep(1.5)
        assert await town.gateway_brings("refused") == 503
        await _says_so(town)
        assert town.world.telegram.updates.waiting, "the offset may not move"
        assert town.heard() == before, "nothing may be answered that is not stored"
    await town.until_told("已经恢复")
    await town.until_settled()
    assert await town.check_ins() == dict(town.said), "each counts once"
    assert town.heard() == town.said, "each is answered once"
    assert len(town.admin_heard()) == 2, "one alarm, one all-clear"
    status, health = await town.asked("/health")
    assert (status, health["alarms"]) == (200, [])


async def _says_so(town: Town) -> None:
    status, health = await town.asked("/health")
    assert status == 503 and "database" in health["wrong"]
    [alarm] = health["alarms"]
    assert (alarm["part"], alarm["told"]) == ("database", 1)
