"""Alibaba and Tencent bring texts and receipts to our real door, and hear what each wants to hear."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from bot.channels.contract import Unreadable
from bot.channels.gateways.aliyun import RULES, Aliyun
from bot.channels.gateways.aliyun_api import AliyunApi
from bot.channels.gateways.asking import Key
from bot.channels.gateways.contract import ASIDE, Gateway, Push
from bot.channels.gateways.templates import Templates
from bot.channels.gateways.tencent import Tencent
from bot.channels.gateways.tencent_api import TencentApi
from bot.channels.gateways.yunmas import Yunmas
from bot.channels.sms import Sms
from bot.clock import WallClock
from bot.pushes import SmsDoor
from bot.serving import serving
from bot.turns import Turns
from bot.web import Door
from bot.worker import Worker
from content.letter import Letter
from handlers import switchboard
from handlers.turn import Turn
from storage.database import Database
from tests.bot.channels.peers import nobody
from tests.bot.house import QUESTION, SMS_PATH, a_house, text_from

INBOUND, RECEIPT = f"{SMS_PATH}/inbound", f"{SMS_PATH}/receipt"


def _gateway(name: str) -> Gateway:
    clock, key, templates = WallClock(), Key("id", "secret"), Templates(RULES, {})
    if name == "aliyun":
        return Aliyun(AliyunApi(key, clock, nobody()), "联动", templates, clock)
    if name == "yunmas":
        return Yunmas(nobody(), "云溪镇", "liandong", "password", "sign")
    return Tencent(TencentApi(key, clock, nobody()), "1400006666", "联动", templates, clock)


def _push(kind: Any, said: Any) -> Push:
    return Push(kind, "POST", "", "", {}, json.dumps(said).encode())


def _one(said: Any) -> Any:
    return said[0] if isinstance(said, list) else said


def _text(name: str, number: str) -> Any:
    if name == "aliyun":
        up = {"phone_number": number, "content": "签到", "send_time": "2026-11-02 10:00:00"}
        return [up | {"sign_name": "联动", "dest_code": "1", "sequence_id": 7}]
    if name == "yunmas":
        return {"mobile": number, "smsContent": "签到", "sendTime": "2026-11-02 10:00:00", "addSerial": ""}
    return {
        "extend": "",
        "mobile": number,
        "nationcode": "86",
        "sign": "联动",
        "text": "签到",
        "time": 1793613784,
    }


def _receipt(name: str, number: str, reference: str) -> Any:
    if name == "aliyun":
        return [
            {
                "phone_number": number,
                "success": True,
                "err_code": "DELIVERED",
                "out_id": reference,
                "biz_id": "1^0",
            }
        ]
    if name == "yunmas":
        return {"mobile": number, "reportStatus": "DELIVRD", "errorCode": "DELIVRD", "msgGroup": reference}
    return [
        {
            "mobile": number,
            "nationcode": "86",
            "report_status": "SUCCESS",
            "errmsg": "DELIVRD",
            "sid": "1",
            "ext": reference,
        }
    ]


@pytest.mark.parametrize("name", ["aliyun", "tencent", "yunmas"])
async def test_what_is_no_message_among_them_costs_the_others_nothing(
    name: str,
) -> None:
    gateway = _gateway(name)
    oddities: list[Any] = ["?", 7, None, [{}]]
    for odd in oddities:
        texts = gateway.read_push(_push("inbound", [odd, _one(_text(name, "13900139001"))]))
        assert sorted(ASIDE in raw.payload for raw in texts.inbound) == [False, True]
        [aside] = [raw.payload[ASIDE] for raw in texts.inbound if ASIDE in raw.payload]
        assert json.loads(aside["body"]) == odd, "whoever mends us finds it there"
        receipts = gateway.read_push(_push("receipt", [_one(_receipt(name, "13900139001", "77")), odd, {}]))
        assert (len(receipts.receipts), receipts.unread) == (1, 2)
        for kind in ("inbound", "receipt"):
            with pytest.raises(Unreadable):
                gateway.read_push(_push(kind, [odd]))
    await gateway.close()


@pytest.mark.parametrize(
    ("name", "hears"),
    [("aliyun", {"code": 0, "msg": "接收成功"}), ("tencent", {"result": 0, "errmsg": "OK"})],
)
async def test_what_a_company_brings_twice_counts_once(database: Database, name: str, hears: Any) -> None:
    gateway = _gateway(name)
    async with a_house(database) as house:
        await house.promise(house.old, QUESTION)
        await house.send()
        [letter] = await house.letters()
        company = {**house.channels, "sms": Sms(gateway, "【联动】")}
        house.intake.turns = Turns(company, house.intake.turns.house, house.clock)
        sms = SmsDoor(gateway, house.bringing, SMS_PATH, "https://bot.example.cn", None)
        number = house.old.phone.number.removeprefix("+86")
        async with (
            serving(Door(house.intake, lambda: None, sms).app()) as url,
            httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client,
        ):
            for _ in range(2):
                answer = await client.post(INBOUND, json=_text(name, number))
                assert (answer.status_code, answer.json()) == (200, hears)
            answer = await client.post(RECEIPT, json=_receipt(name, number, letter.id))
            assert (answer.status_code, answer.json()) == (200, hears)
            assert (await client.get(INBOUND)).status_code == 404
            assert (await client.post(INBOUND, content=b"{")).status_code == 200
        kept = await house.messages()
        assert len(kept) == 2, "the text once, and what could not be read"
        while await house.intake.take_turns():
            pass
        delivered, answered = await house.letters()
        assert (delivered.id, delivered.state, answered.channel) == (letter.id, "delivered", "sms")
    await gateway.close()


@pytest.mark.parametrize("name", ["aliyun", "tencent"])
async def test_a_page_of_receipts_is_answered_before_the_turns_at_work_are_done(
    database: Database, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Alibaba waits 700 ms for an answer, four times in all; on SQLite turns hold the only writer."""
    real = switchboard.answer

    async def slowly(turn: Turn) -> Letter | None:
        await asyncio.sleep(0.05)
        return await real(turn)

    gateway = _gateway(name)
    async with a_house(database) as house:
        for n in range(40):
            await house.promise(house.old, Letter(f"第{n}课"), f"{n}")
        await house.send()
        sent = {row.id for row in await house.letters()}
        page = [_one(_receipt(name, "13900139001", one)) for one in sorted(sent)]
        monkeypatch.setattr(switchboard, "answer", slowly)
        await house.intake.keep([text_from(house.old.phone, "签到", f"w-{n}") for n in range(90)])
        turns = Worker("turns", house.intake.take_turns)
        sms = SmsDoor(gateway, house.bringing, SMS_PATH)
        async with (
            serving(Door(house.intake, lambda: None, sms).app()) as url,
            httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client,
        ):
            working = asyncio.create_task(turns.run())
            assert (await client.post(RECEIPT, json=page)).status_code == 200
            still_waiting = [row for row in await house.messages() if row.state == "new"]
        turns.leave()
        await working
        settled = [row.state for row in await house.letters() if row.id in sent]
    await gateway.close()
    assert len(still_waiting) > 50, "turns were taken all the while, and all of them were not waited for"
    assert settled == ["delivered"] * 40, "and what was answered was stored"
