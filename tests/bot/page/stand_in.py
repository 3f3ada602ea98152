"""A tiny program in the place of the real one: it answers what it hears, so the page can be tried."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import WoundClock
from bot.sandbox.page import Bilingual, NobodyThere, PhoneOnStage, Step, Suggestion, Waiting
from bot.sandbox.phones import ChatButton, ChatMessage, Phone
from bot.sandbox.world import World

MORNING = datetime(2026, 4, 3, 1, 0, tzinfo=UTC)
MENU = (("checkin", "报平安"), ("move", "我换地方了"), ("help", "我有困难"))
CHECKED_IN = "收到，报平安已记下。\n上次是 3 月 27 日。有变动随时说一声，例如“我搬到昆山了”。"
MONTHLY = "3 月月报已做好：在外 14 人，联系上 13 人，1 人 40 天没有消息。请过目，确认后报镇党委。"
LESSON = (
    "【联动】微党课·实用技术：春季大棚育苗要防倒春寒。夜里棚温低于八度时加盖一层膜，早上九点后再通风；"
    "苗床见干再浇水，浇在上午。拿不准的地方可以回短信问，镇农技站的老师每周三统一答复。"
    "本月学习记1分，回复“学了”即可记上。祝在外平安，家里有事请回复“求助”。"
)
TWO_CHOICES = ((ChatButton("平安", "a"), ChatButton("有变动", "b")), (ChatButton("需要帮忙", "c"),))
COMMITTEE = Bilingual("党委", "Committee")
STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1), "next": timedelta(hours=23)}


class Town:
    """Five phones, a clock that stands, and a program that echoes. It is a Stage."""

    def __init__(self) -> None:
        self.clock = WoundClock(MORNING)
        self.listens = asyncio.Event()
        self.listens.set()
        self.world = World(self.clock)
        add = self.world.add_phone
        self.son = add("刘志强", "+8613900139001")
        self.aunt = add("周海燕", "+8613900139002")
        self.uncle = add("孙德福", "+8613900139003", smartphone=False)
        self.liaison = add("何秀芳", "+8613900139004")
        self.secretary = add("陈志远", "+8613900139005")
        self.world.telegram.menus["default", None, ""] = MENU
        self.world.add_spare_card(self.son.id, "+8613800139001")
        self.world.add_spare_card(self.uncle.id, "+8613800139003")
        self.guest: Phone | None = None
        self.lines: list[str] = ["何秀芳收到一件事：周海燕 30 天没有消息", "清明问候发给 5 位在外党员"]

    timezone = ZoneInfo("Asia/Shanghai")

    @property
    def phones(self) -> Sequence[PhoneOnStage]:
        guest = Bilingual("党委", "Committee")
        return [
            *_on_stage(self),
            *(PhoneOnStage(g.id, guest, guest, is_guest=True) for g in [self.guest] if g),
        ]

    def now(self) -> datetime:
        return self.clock.now()

    async def opened(self) -> None:
        await self.listens.wait()

    async def wind(self, step: Step) -> list[str]:
        self.clock.wind(STEPS[step])
        await asyncio.sleep(0.3)
        self.say(self.son, "清明将至，家里一切都好，请放心。")
        return self.lines

    async def waiting(self) -> Sequence[Waiting]:
        return [] if self.guest else [Waiting("p7", "苏满仓", COMMITTEE, "归帆乡党总支")]

    async def bring(self, waiting_id: str) -> int:
        if waiting_id != "p7":
            raise NobodyThere(waiting_id)
        self.guest = self.guest or self.world.add_phone("苏满仓", "+8613900139006")
        return self.guest.id

    async def dismiss(self, phone_id: int) -> None:
        if self.guest is None or phone_id != self.guest.id:
            raise NobodyThere(phone_id)
        self.guest = None

    # What the program would do through Telegram and the SMS centre

    def say(self, phone: Phone, text: str, **more: Any) -> ChatMessage:
        """The bot writes into a chat. `more` are fields of the message."""
        side = self.world.telegram
        message = side.put(side.chats[phone.id], None, text)
        for name, value in more.items():
            setattr(message, name, value)
        side.changes.ring()
        return message

    def sms(self, phone: Phone, text: str) -> None:
        self.world.network.put(phone, True, text).status = "delivered"

    async def heard(self) -> None:
        """Returns once the program has answered all that was said."""
        async with asyncio.timeout(20):
            while self.world.telegram.updates.waiting:
                await self.world.changes.after(self.world.changes.version)

    @asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._answer())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _answer(self) -> None:
        self.world.carry_inbound(lambda phone, message: self.sms(phone, f"收到：{message.body}"))
        async for _ in self.world.subscribe():
            for update in list(self.world.telegram.updates.waiting.values()):
                self.world.telegram.updates.since(update["update_id"] + 1)
                self._turn(update)

    def _turn(self, update: dict[str, Any]) -> None:
        if "message" in update:
            phone = self.world.phone(update["message"]["from"]["id"])
            self.say(phone, f"收到：{update['message'].get('text', '一份文件')}")
        if "callback_query" in update:
            press = self.world.telegram.presses[update["callback_query"]["id"]]
            press.message.text, press.message.buttons = "好，记下了。", ()
            press.message.toast, press.message.reworded = "已记下", True
            self.world.changes.ring()


def _on_stage(town: Town) -> list[PhoneOnStage]:
    member, old = Bilingual("在外党员", "member"), Bilingual("在外党员 · 老人机", "member, old phone")
    here = [
        (town.son, member, ("在苏州做电工。", "Electrician in Suzhou."), ["签到", "我搬到昆山了"]),
        (town.aunt, member, ("刚到杭州。", "Just arrived in Hangzhou."), ["/start"]),
        (town.uncle, old, ("只收发短信。", "Text messages only."), ["平安", "1"]),
        (town.liaison, Bilingual("联系人", "liaison"), ("联系五位党员。", "Five members."), ["/silent"]),
        (town.secretary, Bilingual("支部书记", "secretary"), ("看台账。", "Reads the ledger."), ["台账"]),
    ]
    return [
        PhoneOnStage(phone.id, role, Bilingual(*caption), tuple(Suggestion(each, "gloss") for each in tries))
        for phone, role, caption, tries in here
    ]
