"""The loudest log of the worst day tells nobody's name, number, words or place, and none of our secrets."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.channels.gateways.kannel import INBOUND_QUERY
from bot.clock import WallClock
from bot.sandbox.bot_api.refusals import Refused, bad_request
from bot.sandbox.phones import ChatMessage, Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.telegram_side import BotAccount
from bot.sandbox.world import World
from storage import addresses, campaigns, invitations, members, offices, people, units
from tests.ports import free_port
from tests.reliability.forms import found_in
from tests.reliability.program import PASSWORD, PATH_SECRET, Program

NAME, NUMBER = "金丝雀莲", "+8613977702468"
LIAISON, LIAISONS_NUMBER = "金丝雀柏", "+8613977713579"
PLACE, TROUBLE = "金丝雀路88号", "工资被金丝雀公司拖欠"
TOKEN_S_SECRET = "AAcanary-token_of-a-bot-0123456789x"


class Day:
    """One member, her liaison, and all that can go wrong between them."""

    def __init__(self, folder: Path) -> None:
        self.world = World(WallClock(), BotAccount(secret=TOKEN_S_SECRET))
        self.member = self.world.add_phone(NAME, NUMBER)
        self.liaison = self.world.add_phone(LIAISON, LIAISONS_NUMBER)
        self.port = free_port()
        outside = f"http://127.0.0.1:{self.port}"
        self.program = Program(folder, self.world, outside, "tests.reliability.troubled")
        self.program.settings["LIANDONG_LOG_LEVEL"] = "DEBUG"
        self.code = ""

    @property
    def canaries(self) -> set[str]:
        key = json.loads((self.program.folder / "key").read_text())
        secrets = {TOKEN_S_SECRET, PASSWORD, PATH_SECRET, self.code, key["index_key"], *key["keys"].values()}
        people = {NAME, LIAISON, PLACE, TROUBLE, str(self.member.id), str(self.liaison.id)}
        numbers = {number[at:] for number in (NUMBER, LIAISONS_NUMBER) for at in (0, 3)}
        return secrets | people | numbers

    async def set_up(self) -> None:
        await self.program.prepare()
        now = self.world.clock.now()
        async with self.program.database() as database, database.writing() as tx:
            unit = await units.found(tx, now, "柳湾村党支部", "branch", place_code="320583")
            liaison, member = await people.add(tx, now, LIAISON), await people.add(tx, now, NAME)
            await offices.grant(tx, now, liaison, "liaison", unit)
            await members.enrol(tx, now, member, unit, liaison)
            await people.has_joined(tx, liaison, now)
            self.world.private_chat(self.liaison.id).known = True
            await addresses.add(tx, now, liaison, "telegram", str(self.liaison.id), verified=True)
            await addresses.add(tx, now, member, "sms", NUMBER, verified=True)
            self.code = await invitations.make(tx, now, member, liaison)
            self.sender = liaison

    async def hears(self, phone: Phone, sms: bool = False) -> ChatMessage | None:
        """Until the program has answered this phone once more."""
        before = self._heard(phone, sms)
        async with asyncio.timeout(20):
            async for _ in self.world.subscribe():
                if self._heard(phone, sms) > before:
                    break
        return None if sms else self.world.chat(phone.id)[-1]

    def _heard(self, phone: Phone, sms: bool) -> int:
        said = self.world.sms(phone.id) if sms else self.world.chat(phone.id)
        return sum(1 for m in said if (m.from_program if hasattr(m, "from_program") else m.from_bot))

    async def says(self, text: str, by_sms: bool = False) -> ChatMessage | None:
        hearing = asyncio.create_task(self.hears(self.member, by_sms))
        await asyncio.sleep(0)
        (self.world.text if by_sms else self.world.type)(self.member.id, text)
        return await hearing

    async def presses(self, message: ChatMessage | None, label: str) -> ChatMessage | None:
        assert message is not None
        row, column = next(
            (r, c) for r, row in enumerate(message.buttons) for c, one in enumerate(row) if label in one.label
        )
        hearing = asyncio.create_task(self.hears(self.member))
        await asyncio.sleep(0)
        self.world.press(self.member.id, message.id, row, column)
        return await hearing

    # What happens

    async def an_ordinary_day(self) -> None:
        hearing = asyncio.create_task(self.hears(self.member))
        await asyncio.sleep(0)
        self.world.open_link(self.member.id, self.code)
        await self.presses(await hearing, "同意")
        await self.says("签到")
        await self.presses(await self.says(f"我搬到苏州市姑苏区{PLACE}了"), "对")
        async with self.program.database() as database, database.writing() as tx:
            now = self.world.clock.now()
            plan = await campaigns.plan(tx, now, self.sender, "unpaid-wages", now)
            # Whenever this runs: by night it would wait for the morning.
            await tx.conn.execute(update(campaigns.campaigns).values(at_any_hour=True))
        await self.hears(self.member)
        assert plan.id
        await self.says("签到", by_sms=True)

    async def things_go_wrong(self) -> None:
        await self.a_handler_fails()
        await self.the_database_refuses()
        await self.telegram_refuses()
        await self.strangers_knock()
        self.world.switch_off(self.member.id)
        await self.says("签到", by_sms=True)
        await self.world.settled()

    async def a_handler_fails(self) -> None:
        said = await self.says(TROUBLE)
        assert said is not None
        assert "没有办成" in said.text
        await self.says(TROUBLE, by_sms=True)

    async def the_database_refuses(self) -> None:
        with sqlite3.connect(str(self.program.folder / "liandong.db")) as beside:
            beside.execute("ALTER TABLE contacts RENAME TO elsewhere")
            said = await self.says("签到")
            assert said is not None
            assert "没有办成" in said.text
            beside.execute("ALTER TABLE elsewhere RENAME TO contacts")

    async def telegram_refuses(self) -> None:
        refusals = iter([bad_request(f"{NAME} {NUMBER} {TROUBLE}"), Refused(500, NAME)])

        def gate(method: str, _said: object) -> None:
            if method == "sendmessage" and (refusal := next(refusals, None)):
                raise refusal

        self.world.telegram.gate = gate
        self.world.type(self.member.id, "签到")
        await self.says("签到")

    async def strangers_knock(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.program.port)
        writer.write(f"GET /sms/wrong/inbound?from={NUMBER}&text=hm HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        writer.write(f"NONSENSE {NUMBER}\r\n\r\n".encode())
        await reader.readline()
        writer.close()
        # A text that is none, over the right way in.
        filled = INBOUND_QUERY.replace("from=%p", f"sender={NUMBER}").replace("%a", "%E9%87%91")
        reader, writer = await asyncio.open_connection("127.0.0.1", self.program.port)
        writer.write(f"GET /sms/{PATH_SECRET}/inbound?{filled} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert b"200" in await reader.readline()
        writer.close()

    async def nobody_is_there(self) -> None:
        """A start without Telegram and without a gateway."""
        await self.program.start()
        await self.program.until_it_answers()
        await asyncio.sleep(0.5)
        await self.program.stop()

    async def an_operator_s_command_breaks(self) -> None:
        with sqlite3.connect(str(self.program.folder / "liandong.db")) as beside:
            beside.execute("ALTER TABLE addresses RENAME TO elsewhere")
        words = ["--name", NAME, "--phone", NUMBER, "--role", "liaison", "--unit", "柳湾村党支部"]
        assert await self.program.command("grant", *words) == 1


@asynccontextmanager
async def a_day(folder: Path, **settings: str) -> AsyncIterator[Day]:
    day = Day(folder)
    day.program.settings |= settings
    await day.set_up()
    async with serving(sandbox_app(day.world, day.program.account), day.port):
        await day.program.start()
        try:
            await day.program.until_it_answers()
            await day.an_ordinary_day()
            yield day
        finally:
            await day.program.stop()


async def test_no_log_tells_who_said_what_or_any_secret(tmp_path: Path) -> None:
    async with a_day(tmp_path) as day:
        await day.things_go_wrong()
    await day.nobody_is_there()
    await day.an_operator_s_command_breaks()
    written = day.program.log.read_text()
    for event in ("turn_failed", "ValueError", "KeyError", "LookupError", "no such table", "not_sent",
                  "unreadable", "crashed", "not_listening"):  # fmt: skip
        assert event in written, f"nothing of this kind happened: {event}"
    assert found_in(written, day.canaries) == set()


async def test_the_search_finds_them_where_nothing_is_hidden(tmp_path: Path) -> None:
    """Says that the safeguard is what keeps them out, and that the day is bad enough to show it."""
    async with a_day(tmp_path, TROUBLED_AND_TALKATIVE="1") as day:
        await day.a_handler_fails()
    shown = {text for text, _ in found_in(day.program.log.read_text(), day.canaries)}
    assert {NAME, TROUBLE, PLACE, NUMBER[3:], str(day.member.id)} <= shown


@pytest.mark.parametrize("before", ["", "x", "xx"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-be"])
def test_the_search_knows_a_text_in_any_clothes(before: str, charset: str) -> None:
    from base64 import b64encode
    from urllib.parse import quote

    octets = (before + NAME + "后面").encode(charset)
    for clothes in (
        b64encode(octets).decode(),
        octets.hex(),
        repr(octets),
        ascii(before + NAME),
        quote(NAME),
    ):
        assert found_in(f"… {clothes} …", {NAME})
