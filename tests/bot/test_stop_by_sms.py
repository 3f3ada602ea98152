"""STOP, as Twilio hears it: it sends nothing more to that number, and tells us so."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.gateways.twilio import Twilio
from bot.channels.sms import Sms
from bot.intake import Intake
from handlers.turn import House
from storage.database import Database
from tests.bot.channels.twilio_peer import ACCOUNT, NUMBER, PUSHES, TOKEN, webhook
from tests.bot.house import Parts, a_house


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        yield parts


async def test_who_writes_stop_is_left_alone_by_sms_until_start(house: Parts) -> None:
    gateway = Twilio(ACCOUNT, TOKEN, NUMBER, PUSHES, "http://127.0.0.1:1")
    doors = {"sms": Sms(gateway, "【联动】")}
    intake = Intake(house.database, doors, House(lambda: "", "Asia/Shanghai"), house.clock)

    async def texts(word: str, sid: str) -> None:
        said = {"MessageSid": sid, "From": house.old.phone.number, "Body": word, "OptOutType": word}
        await intake.keep(gateway.read_push(webhook("inbound", said)).inbound)
        await intake.take_turns()

    await texts("STOP", "SM1")
    assert await house.suspended(house.old) == {"sms": "refused_by_person"}
    assert await house.letters() == [], "nobody answers it: Twilio has"
    await texts("START", "SM2")
    assert await house.suspended(house.old) == {}
    await gateway.close()
