"""Paused, gone on with, called off while a slow company takes batches: within a second, and no copy twice."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.channels.contract import SendingFailed, Sent
from bot.channels.gateways.contract import Text
from bot.channels.sms import Sms
from bot.clock import WoundClock
from bot.delivery import Delivery
from schedules.run_campaigns import run_campaigns
from storage import addresses, campaign_life, campaigns, members, people, units
from storage.campaigns import Campaign
from storage.database import Database
from tests.bot.company import Company

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MANY = 400


class SlowCompany(Company):
    """It takes ten at once, in four fifths of a second. `began`: when each text left for it, and for whom."""

    most_at_once = 10

    def __init__(self) -> None:
        super().__init__()
        self.began: list[tuple[float, str]] = []

    async def send_batch(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        self.began += [(time.monotonic(), text.number) for text in texts]
        await asyncio.sleep(0.8)
        return [Sent(text.reference) for text in texts]

    def after(self, moment: float) -> int:
        return sum(1 for at, _ in self.began if at > moment)


@asynccontextmanager
async def sending(database: Database) -> AsyncIterator[tuple[SlowCompany, Campaign]]:
    """A lesson on its way to old phones."""
    async with database.writing() as tx:
        unit = await units.found(tx, NOW, "柳湾村党支部")
        for n in range(MANY):
            person = await people.add(tx, NOW, f"史{n}号")
            await addresses.add(tx, NOW, person, "sms", f"+86139000{n:05}", verified=True)
            await people.has_joined(tx, person, NOW)
            await members.enrol(tx, NOW, person, unit)
        campaign = await campaigns.plan_for_unit(tx, NOW, unit.id, "stop-fraud", NOW)
        assert campaign
        while await run_campaigns(tx, NOW):
            pass
    company = SlowCompany()
    delivery = Delivery(database, {"sms": Sms(company, "【联动】")}, WoundClock(NOW))
    over = asyncio.Event()
    at_work = asyncio.create_task(_keeps_sending(delivery, over))
    try:
        yield company, campaign
    finally:
        over.set()
        await at_work
        await delivery.cut()


async def _keeps_sending(delivery: Delivery, over: asyncio.Event) -> None:
    while not over.is_set():
        if not await delivery.bulk["sms"].keep_promises():
            await asyncio.sleep(0.02)


async def test_called_off_nothing_leaves_a_second_later(database: Database) -> None:
    async with sending(database) as (company, campaign):
        await asyncio.sleep(0.3)
        async with database.writing() as tx:
            assert await campaign_life.cancel(tx, NOW, campaign)
        called_off = time.monotonic()
        await asyncio.sleep(1.5)
        assert 0 < len(company.began) < MANY and company.after(called_off + 1.0) == 0


async def test_paused_and_gone_on_with_at_any_moment_each_has_one_copy(database: Database) -> None:
    luck = random.Random(4)
    async with sending(database) as (company, campaign):
        for _ in range(6):
            await asyncio.sleep(luck.uniform(0, 0.15))
            async with database.writing() as tx:
                assert await campaign_life.pause(tx, campaign.id)
            await asyncio.sleep(luck.uniform(0, 0.3))
            async with database.writing() as tx:
                assert await campaign_life.resume(tx, campaign.id)
        async with asyncio.timeout(20):
            while len(company.began) < MANY:  # noqa: ASYNC110 - it looks from outside
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)
    copies = Counter(number for _, number in company.began)
    assert len(copies) == MANY and set(copies.values()) == {1}
