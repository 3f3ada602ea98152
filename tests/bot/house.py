"""Intake and delivery with their real doors, on one database, beside a pretend world on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, select

from bot.bringing import Bringing
from bot.channels.contract import Channel
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.clock import WoundClock
from bot.delivery import Delivery
from bot.health import Health
from bot.intake import Intake
from bot.pushes import SmsDoor
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app
from bot.sandbox.sms_centre import SmsAccount
from bot.sandbox.world import World
from bot.serving import serving
from bot.web import Door
from content.act import Act
from content.letter import Choice, Letter
from handlers.turn import House
from storage import post
from storage.addresses import addresses
from storage.database import Database
from storage.inbox import Raw, inbox
from storage.outbox import outbox
from tests.ports import free_port
from tests.reliability.branch import Resident, found_branch

START = datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SMS_PATH = "/sms/an-unguessable-path"
SECRET = "a-secret-of-the-webhook"
QUESTION = Letter(
    "您好，近来怎么样？",
    choices=((Choice("平安", Act(intent="check_in")), Choice("要帮忙", Act(intent="help"))),),
)


@dataclass
class Parts:
    """`old` has a phone that knows SMS only, `smart` a chat and a number.

    `url` is our own HTTP door, `sandbox` where the pretend world is served.
    """

    database: Database
    clock: WoundClock
    world: World
    channels: Mapping[str, Channel]
    intake: Intake
    delivery: Delivery
    url: str
    old: Resident
    smart: Resident
    sandbox: str
    bringing: Bringing
    _next_processes: list[Delivery] = field(default_factory=list)

    async def reborn(self) -> Delivery:
        """The delivery of the next process, after one that had no time to say farewell."""
        delivery = Delivery(self.database, self.channels, self.clock)
        self._next_processes.append(delivery)
        await delivery.take_over()
        return delivery

    async def cut(self) -> None:
        """Nobody writes any more: what was still in the database when it closed would leak its connection."""
        for delivery in (self.delivery, *self._next_processes):
            await delivery.cut()

    def another_intake(self, database: Database) -> Intake:
        """As a second process on the same database has it."""
        return Intake(database, self.channels, House(lambda: "bot", "Asia/Shanghai"), self.clock)

    async def promise(self, to: Resident, letter: Letter, key: str = "1") -> None:
        async with self.database.writing() as tx:
            assert await post.tell(tx, self.clock.now(), to.id, letter, "reply", key)

    async def send(self, channel: str = "") -> None:
        """All that is due now."""
        for one in (channel,) if channel else ("telegram", "sms"):
            bulk = self.delivery.bulk[one]
            while await self.delivery.keep_promises(one) or await bulk.keep_promises():
                await self.delivery.arrived(one)

    async def passes(self, **time: float) -> None:
        self.clock.wind(timedelta(**time))
        await self.send()

    async def letters(self) -> list[Row[Any]]:
        """The outbox, oldest first."""
        async with self.database.reading() as tx:
            return list(await tx.conn.execute(select(outbox).order_by(outbox.c.id)))

    async def letter(self) -> Row[Any]:
        [only] = await self.letters()
        return only

    async def messages(self) -> list[Row[Any]]:
        """The inbox, oldest first."""
        async with self.database.reading() as tx:
            return list(await tx.conn.execute(select(inbox).order_by(inbox.c.id)))

    async def suspended(self, who: Resident) -> dict[str, str]:
        """Why which of the person's doors is shut."""
        async with self.database.reading() as tx:
            rows = await tx.conn.execute(
                select(addresses).where(
                    addresses.c.person_id == who.id, addresses.c.suspended_at.is_not(None)
                )
            )
            return {row.channel: row.suspended_for for row in rows}

    def sms_to(self, who: Resident) -> list[str]:
        return [m.body for m in self.world.sms(who.phone.id) if m.from_program]

    def chat_to(self, who: Resident) -> list[str]:
        return [m.text for m in self.world.chat(who.phone.id) if m.from_bot]


@asynccontextmanager
async def locked_inbox(database: Database) -> AsyncIterator[None]:
    """Somebody else holds the inbox: a backup, a migration, a console left open."""
    somebody = Database(database.url.render_as_string(hide_password=False), database.vault)
    try:
        async with somebody.writing() as tx:
            # On SQLite whoever writes holds it all.
            if tx.conn.dialect.name == "postgresql":
                await tx.conn.exec_driver_sql("LOCK TABLE inbox")
            yield
    finally:
        await somebody.close()


def text_from(phone: Phone, text: str, gateway_id: str) -> Raw:
    params = {"from": phone.number, "text": text, "id": gateway_id, "charset": "UTF-8", "coding": "0"}
    return Raw("sms", gateway_id, params)


def chat_from(phone: Phone, text: str, update_id: int) -> Raw:
    """An update as Telegram brings it."""
    sender = {"id": phone.id, "is_bot": False, "first_name": phone.owner}
    chat = {"id": phone.id, "type": "private"}
    message = {"message_id": update_id, "date": 1, "from": sender, "chat": chat, "text": text}
    return Raw("telegram", str(update_id), {"update_id": update_id, "message": message})


@asynccontextmanager
async def a_house(
    database: Database, telegram_at: str = "", kannel_at: str = "", patience: float = 5.0
) -> AsyncIterator[Parts]:
    """`telegram_at` and `kannel_at` put another side in the place of the pretend world's."""
    clock = WoundClock(START)
    world, account = World(clock), SmsAccount()
    async with AsyncExitStack() as closing:
        outside = await closing.enter_async_context(serving(sandbox_app(world, account)))
        telegram = Telegram(world.telegram.account.token, telegram_at or outside, patience=patience)
        port = free_port()
        kannel = Kannel(
            kannel_at or outside,
            account.username,
            account.password,
            "10690",
            f"http://127.0.0.1:{port}{SMS_PATH}/receipt",
            patience=patience,
        )
        channels: dict[str, Channel] = {"telegram": telegram, "sms": Sms(kannel, "【联动】")}
        for channel in channels.values():
            closing.push_async_callback(channel.close)
        intake = Intake(database, channels, House(lambda: "bot", "Asia/Shanghai"), clock)
        delivery = Delivery(database, channels, clock)
        health = Health(database, clock, lambda: START)
        bringing = Bringing(intake, delivery, _nobody_wakes)
        sms_door = SmsDoor(kannel, bringing, SMS_PATH)
        door = Door(intake, _nobody_wakes, sms_door, SECRET, health)
        url = await closing.enter_async_context(serving(door.app(), port))
        [old, smart] = await found_branch(database, world, clock.now(), 2)
        house = Parts(database, clock, world, channels, intake, delivery, url, old, smart, outside, bringing)
        closing.push_async_callback(house.cut)
        yield house


def _nobody_wakes() -> None:
    """A test takes the turns itself."""
