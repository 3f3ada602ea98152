"""Two letters to one number on one day, and no answer to either: the company knows them by their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.channels.gateways.aliyun import RULES, Aliyun
from bot.channels.gateways.aliyun_api import AliyunApi
from bot.channels.gateways.asking import Key
from bot.channels.gateways.contract import Gateway
from bot.channels.gateways.templates import Template, Templates
from bot.channels.gateways.twilio import Twilio
from bot.channels.sms import Sms
from bot.clock import WoundClock
from bot.delivery import Delivery
from bot.sandbox.world import World
from bot.settling import FIRST_ASKED, SENT_AGAIN, Settling
from content.letter import Letter
from schedules.run_campaigns import run_campaigns
from storage import campaigns, post
from storage.campaigns import Order
from storage.database import Database
from storage.outbox import outbox
from storage.units import units
from tests.bot.channels.companies import KEY_ID, SECRET, Asked, Company, Says, aliyun_company
from tests.bot.channels.twilio_peer import ACCOUNT, NUMBER, PUSHES, TOKEN, twilio_up
from tests.bot.house import START
from tests.reliability.branch import Resident, found_branch

SIGNATURE, SUFFIX = "【联动】", "拒收请回复R"
TEMPLATES = Templates(RULES, {}, default=Template("SMS_1", "党支部提醒您：${words}。", 35))
MEETING, WATER = "周六九点开会", "明天停水"


class Desk:
    """Delivery and settling by one company, and three people with old phones."""

    def __init__(self, database: Database, clock: WoundClock, gateway: Gateway) -> None:
        self.database, self.clock = database, clock
        self.delivery = Delivery(database, {"sms": Sms(gateway, SIGNATURE, SUFFIX)}, clock)
        self.settling = Settling(database, "sms", self.delivery, clock, gateway, SIGNATURE, SUFFIX)
        self.members: list[Resident] = []

    async def settles(self) -> None:
        self.members = await found_branch(self.database, World(self.clock), self.clock.now(), 3, old=True)

    async def writes(self, *said: str) -> None:
        """To the first of them, one letter each."""
        for words in said:
            async with self.database.writing() as tx:
                to = self.members[0].id
                assert await post.tell(tx, self.clock.now(), to, Letter(words), "notice", words)
        await self.sends()

    async def writes_to_all(self, *said: str) -> None:
        async with self.database.writing() as tx:
            unit = (await tx.conn.execute(select(units.c.id).limit(1))).scalar_one()
            for words in said:
                order = Order("notice", words={"zh": words})
                await campaigns.make(tx, self.clock.now(), None, order, self.clock.now(), unit_id=unit)
        await self.sends()

    async def sends(self) -> None:
        worked = 1
        while worked:
            async with self.database.writing() as tx:
                worked = await run_campaigns(tx, self.clock.now())
            worked += await self.delivery.keep_promises("sms")
            worked += await self.delivery.bulk["sms"].keep_promises()
            await self.delivery.arrived()

    async def passes(self, time: timedelta) -> None:
        self.clock.wind(time)
        await self.settling.settle()
        await self.sends()

    async def states(self) -> list[str]:
        """Oldest letter first."""
        async with self.database.reading() as tx:
            query = select(outbox.c.state).order_by(outbox.c.made_at, outbox.c.id)
            return list((await tx.conn.execute(query)).scalars())


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock(START)


class Books:
    """What Alibaba Cloud took, and shows when it is asked by number and day. It never says that it did."""

    def __init__(self, clock: WoundClock, company: Company) -> None:
        self.rows: list[dict[str, Any]] = []
        self._clock, self._which = clock, count(1)
        company.answers |= {"SendBatchSms": self._take, "QuerySendDetails": self._show}

    def of(self, words: str) -> Iterator[dict[str, Any]]:
        return (row for row in self.rows if words in row["Content"])

    def _take(self, asked: Asked) -> Says:
        said = json.loads(asked.params["TemplateParamJson"])
        for number, values in zip(json.loads(asked.params["PhoneNumberJson"]), said, strict=True):
            local = self._clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
            self.rows.append(
                {
                    "PhoneNum": number,
                    "OutId": asked.params["OutId"],
                    "Content": f"【联动】党支部提醒您：{values['words']}。",
                    "SendStatus": 1,
                    "ErrCode": "",
                    "SendDate": local.strftime("%Y-%m-%d %H:%M:%S"),
                }
            )
        return {}

    def _show(self, asked: Asked) -> Says:
        number, day = asked.params["PhoneNumber"], asked.params["SendDate"]
        rows = [one for one in self.rows if one["PhoneNum"] == number]
        ours = [one for one in rows if one["SendDate"].replace("-", "").startswith(day)]
        return {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": ours}}


async def test_of_two_batches_by_alibaba_each_letter_finds_its_own(
    database: Database, clock: WoundClock
) -> None:
    company = aliyun_company()
    books = Books(clock, company)
    async with company.open():
        api = AliyunApi(Key(KEY_ID, SECRET), clock, company.url)
        gateway = Aliyun(api, "联动", TEMPLATES, clock)
        desk = Desk(database, clock, gateway)
        await desk.settles()
        await desk.writes_to_all(MEETING, WATER)
        assert (await desk.states(), len(books.rows)) == (["unknown"] * 6, 6)
        for row in books.of(WATER):
            row["SendStatus"] = 3
        await desk.passes(2 * FIRST_ASKED)
        assert sorted(await desk.states()) == ["delivered"] * 3 + ["unknown"] * 3
        await desk.passes(SENT_AGAIN)
        assert len(books.rows) == 6, "the company still carries it, and nothing is sent again"
        for row in books.of(MEETING):
            row |= {"SendStatus": 2, "ErrCode": "MOBILE_SEND_LIMIT"}
        await desk.passes(SENT_AGAIN)
        assert sorted(await desk.states()) == ["delivered"] * 3 + ["failed"] * 3
        await gateway.close()


async def test_of_two_texts_by_twilio_each_letter_finds_its_own(
    database: Database, clock: WoundClock
) -> None:
    async with twilio_up() as company:
        company.mute, company.at = True, clock.now()
        gateway = Twilio(ACCOUNT, TOKEN, NUMBER, PUSHES, company.url)
        desk = Desk(database, clock, gateway)
        await desk.settles()
        await desk.writes(MEETING, WATER)
        assert await desk.states() == ["unknown"] * 2
        meeting, water = company.messages
        meeting["status"], water["status"], water["error_code"] = "delivered", "undelivered", 30005
        await desk.passes(FIRST_ASKED)
        assert await desk.states() == ["delivered", "failed"]
        await gateway.close()
