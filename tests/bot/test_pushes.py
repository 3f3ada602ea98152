"""Any SMS company's way in: who may bring something, what is taken, and how soon it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx
import pytest

from bot.callers import Callers
from bot.channels.gateways.kannel import Kannel
from bot.channels.sms import Sms
from bot.pushes import LARGEST_PUSH, SmsDoor
from bot.serving import serving
from bot.turns import Turns
from bot.web import Door
from bot.worker import Worker
from content.letter import Letter
from handlers import switchboard
from handlers.turn import Turn
from storage.database import Database
from tests.bot.company import SIGNATURE, Company
from tests.bot.house import QUESTION, SMS_PATH, Parts, a_house, locked_inbox, text_from

PUBLIC = "https://bot.example.cn/liandong"
INBOUND, RECEIPT = f"{SMS_PATH}/inbound", f"{SMS_PATH}/receipt"


@pytest.fixture
async def house(database: Database) -> AsyncIterator[Parts]:
    async with a_house(database) as parts:
        company = {**parts.channels, "sms": Sms(Company(), "【联动】")}
        parts.intake.turns = Turns(company, parts.intake.turns.house, parts.clock)
        yield parts


@asynccontextmanager
async def door(house: Parts, callers: Callers | None = None) -> AsyncIterator[httpx.AsyncClient]:
    sms = SmsDoor(Company(), house.bringing, SMS_PATH, PUBLIC, callers)
    async with (
        serving(Door(house.intake, lambda: None, sms).app()) as url,
        httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client,
    ):
        yield client


def signed(path: str = INBOUND) -> dict[str, str]:
    return {"X-Signature": f"{SIGNATURE}: {PUBLIC}{path}"}


def text(house: Parts, words: str = "签到", **more: str) -> dict[str, str]:
    return {"from": house.old.phone.number, "text": words, **more}


async def test_many_texts_and_receipts_come_in_one_push(house: Parts) -> None:
    await house.promise(house.old, QUESTION)
    await house.send()
    [letter] = await house.letters()
    said = {
        "texts": [text(house, id="1"), text(house, "平安", id="2"), text(house, id="1")],
        "receipts": [{"ref": letter.id, "ok": True}, {"ref": "nobody's", "ok": False}],
    }
    async with door(house) as client:
        answer = await client.post(INBOUND, json=said, headers=signed())
    assert (answer.status_code, answer.json()) == (200, {"code": 0})
    assert answer.headers["content-type"] == "application/json"
    assert [kept.external_id for kept in await house.messages()] == ["1", "2"]
    assert (await house.letter()).state == "delivered"


async def test_what_its_signature_does_not_cover_is_not_there(house: Parts) -> None:
    body = {"texts": [text(house, id="1")]}
    async with door(house) as client:
        for headers in ({}, {"X-Signature": "guess"}, signed(RECEIPT)):
            assert (await client.post(INBOUND, json=body, headers=headers)).status_code == 404
        asked = f"{INBOUND}?at=1"
        assert (await client.post(asked, json=body, headers=signed(asked))).status_code == 200
    assert len(await house.messages()) == 1


async def test_only_an_allowed_address_gets_in(house: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    body = {"texts": [text(house, id="1")]}
    async with door(house, Callers("203.0.113.7")) as client:
        refused = [
            await client.post(INBOUND, json=body, headers=signed()),
            await client.post(INBOUND, json=body, headers=signed() | {"X-Forwarded-For": "203.0.113.7"}),
            await client.post("/sms/guess/inbound", json=body, headers=signed()),
        ]
    assert [(answer.status_code, answer.text) for answer in refused] == [(404, "Not Found")] * 3
    written = capsys.readouterr().out
    assert written.count("push_refused") == 2, "whoever guesses a path is not worth a line"
    assert "127.0.0.1" in written
    assert "LIANDONG_SMS_ALLOW" in written
    async with door(house, Callers("203.0.113.7", proxies="127.0.0.1")) as client:
        shown = signed() | {"X-Forwarded-For": "192.0.2.1, 203.0.113.7"}
        assert (await client.post(INBOUND, json=body, headers=shown)).status_code == 200
    assert len(await house.messages()) == 1


async def test_a_text_without_an_id_counts_once_however_often_it_is_brought(house: Parts) -> None:
    at_eight, later = text(house, ts="2026-11-02 08:00:00"), text(house, ts="2026-11-02 08:00:01")
    async with door(house) as client:
        for one in (at_eight, at_eight, later, later):
            await client.post(INBOUND, json={"texts": [one]}, headers=signed())
    kept = await house.messages()
    assert len(kept) == 2
    assert not [row for row in kept if house.old.phone.number[1:] in row.external_id]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"receipts": [{}]}', b'{"texts": 5}'])
async def test_what_nobody_can_read_is_kept_aside_and_does_not_come_back(house: Parts, body: bytes) -> None:
    async with door(house) as client:
        for _ in range(2):
            assert (await client.post(INBOUND, content=body, headers=signed())).status_code == 200
        assert (await client.post(RECEIPT, content=body, headers=signed(RECEIPT))).status_code == 200
        await client.post(INBOUND, json={"texts": [text(house, id="1")]}, headers=signed())
    while await house.intake.take_turns():
        pass
    assert [(row.state, row.reason) for row in await house.messages()] == [
        ("dead", "unreadable"),
        ("done", None),
    ]


async def test_a_push_over_the_limit_is_refused_before_it_is_read(house: Parts) -> None:
    async with door(house) as client:
        here = urlsplit(str(client.base_url))
        reader, writer = await asyncio.open_connection(here.hostname, here.port)
        head = [f"POST {INBOUND} HTTP/1.1", "Host: x", f"Content-Length: {LARGEST_PUSH + 1}", "", ""]
        writer.write("\r\n".join(head).encode())
        async with asyncio.timeout(20):
            assert (await reader.readline()).startswith(b"HTTP/1.1 413"), "and not one byte of it was sent"
        writer.close()
        long = {"texts": [text(house, "学" * (LARGEST_PUSH // 2), id="1")]}
        assert (await client.post(INBOUND, json=long, headers=signed())).status_code == 413
    assert await house.messages() == []


async def test_a_push_that_drips_is_not_waited_for(house: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.bodies._PATIENCE", 0.1)
    async with door(house) as client:
        here = urlsplit(str(client.base_url))
        reader, writer = await asyncio.open_connection(here.hostname, here.port)
        writer.write(f"POST {INBOUND} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{".encode())
        async with asyncio.timeout(20):
            assert (await reader.readline()).startswith(b"HTTP/1.1 408")
        writer.close()


async def test_no_answer_waits_for_a_turn(house: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker takes slow turns all the while. On SQLite they hold the only writer."""
    real = switchboard.answer

    async def slowly(turn: Turn) -> Letter | None:
        await asyncio.sleep(0.05)
        return await real(turn)

    monkeypatch.setattr(switchboard, "answer", slowly)
    await house.intake.keep([text_from(house.old.phone, "签到", f"w-{n}") for n in range(90)])
    turns = Worker("turns", house.intake.take_turns)
    working = asyncio.create_task(turns.run())
    async with door(house) as client:
        for n in range(5):
            said = {"texts": [text(house, id=f"a-{n}-{m}") for m in range(10)]}
            assert (await client.post(INBOUND, json=said, headers=signed())).status_code == 200
        still_waiting = [row for row in await house.messages() if row.state == "new"]
    turns.leave()
    await working
    assert len(still_waiting) > 50, "turns were taken all the while, and all of them were not waited for"


async def test_while_the_inbox_is_locked_no_push_is_answered(house: Parts) -> None:
    body = {"texts": [text(house, id="1")]}
    async with door(house) as client:
        async with locked_inbox(house.database):
            call = asyncio.create_task(client.post(INBOUND, json=body, headers=signed()))
            _, unanswered = await asyncio.wait([call], timeout=0.3)
            assert unanswered, "no answer while it is not kept"
        assert (await call).status_code == 200


async def test_a_company_that_never_comes_by_post_has_nothing_at_its_door(house: Parts) -> None:
    gateway = Kannel("http://127.0.0.1:9", "nobody", "nothing")
    sms = SmsDoor(gateway, house.bringing, SMS_PATH)
    async with (
        serving(Door(house.intake, lambda: None, sms).app()) as url,
        httpx.AsyncClient(base_url=url, trust_env=False) as client,
    ):
        assert (await client.post(INBOUND, params=text(house, id="1"))).status_code == 404
        assert (await client.get(INBOUND, params=text(house, id="1"))).status_code == 200
    await gateway.close()
