"""Letters through companies that a file describes: the two files of the page, read out of it and run."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest

from bot.channels.contract import (
    AddressFailed,
    Incoming,
    MessageRefused,
    OutcomeUnknown,
    Receipt,
    SendingFailed,
    Sent,
    TryLater,
    Unreadable,
)
from bot.channels.gateways.contract import ASIDE, Answer, Gateway, Push, Sought, Text
from bot.channels.gateways.plain_http import PlainHttp
from bot.channels.gateways.plain_http_reading import company_in
from bot.clock import WoundClock
from tests.bot.channels.bad_line import TO, WORDS
from tests.bot.channels.peers import http, nobody, peer
from tests.bot.channels.plain_http_peer import ACCOUNT, SECRET, Companies, companies_up

PAGE = Path(__file__).resolve().parents[3] / "docs" / "gateways" / "plain_http.md"


def example(number: int, url: str) -> str:
    """The file of the page, with a company that can be reached in the place of its."""
    written = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert len(written) == 2
    return re.sub(r'(?<=^url = ")https://[^/"]+', url, written[number - 1], flags=re.MULTILINE)


@asynccontextmanager
async def company(folder: Path, written: str, secret: str = SECRET) -> AsyncIterator[Gateway]:
    path = folder / "sms.toml"
    path.write_text(written, "utf-8")
    clock = WoundClock(datetime(2026, 11, 23, tzinfo=UTC))
    zone = ZoneInfo("Asia/Shanghai")
    gateway = PlainHttp(company_in(path), ACCOUNT, secret, "【联动】", clock, zone, patience=1.0)
    yield gateway
    await gateway.close()


@pytest.fixture
async def companies() -> AsyncIterator[Companies]:
    async with companies_up() as both:
        yield both


@pytest.fixture
async def by_get(companies: Companies, tmp_path: Path) -> AsyncIterator[Gateway]:
    async with company(tmp_path, example(1, companies.url)) as gateway:
        yield gateway


@pytest.fixture
async def by_json(companies: Companies, tmp_path: Path) -> AsyncIterator[Gateway]:
    async with company(tmp_path, example(2, companies.url)) as gateway:
        yield gateway


def push(kind: Literal["inbound", "receipt"], said: object, method: str = "POST") -> Push:
    query = said if isinstance(said, str) else ""
    body = said if isinstance(said, bytes) else b"" if query else json.dumps(said).encode()
    return Push(kind, method, f"https://bot.example.cn/sms/x/{kind}", query, {}, body)


# The first company.


async def test_by_get_a_letter_arrives_signed_and_in_its_charset(
    companies: Companies, by_get: Gateway
) -> None:
    assert await by_get.send(Text(TO, WORDS, "77")) == Sent("20261123000001")
    (one,) = companies.taken
    assert (one["mobile"], one["msg"], one["time"]) == ("13900139003", WORDS, "20261123080000")


async def test_by_get_many_go_at_once_and_for_one_wrong_number_nobody_else_pays(
    companies: Companies, by_get: Gateway
) -> None:
    assert by_get.most_at_once == 200
    texts = [Text(f"+86139{n:08}", WORDS, str(n)) for n in range(200)]
    assert await by_get.send_batch(texts) == [Sent("20261123000001")] * 200
    companies.wrong = {"13900000007"}
    outcomes = await by_get.send_batch(texts)
    wrong = outcomes.pop(7)
    assert isinstance(wrong, AddressFailed)
    assert wrong.reason == "number_malformed:-4"
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    abroad, at_home = await by_get.send_batch([Text("+447700900123", WORDS, "1"), Text(TO, WORDS, "2")])
    assert (isinstance(abroad, MessageRefused), isinstance(at_home, Sent)) == (True, True)


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        ("-3", TryLater, "no_money:-3"),
        ("-2", MessageRefused, "words_forbidden:-2"),
        ("-9", TryLater, "too_many:-9"),
        ("-77", MessageRefused, "message_refused:-77"),
        ("no credit, call 13900139003", OutcomeUnknown, "answer_unreadable"),
    ],
)
async def test_by_get_a_refusal_is_named(
    companies: Companies, by_get: Gateway, says: str, kind: type[SendingFailed], reason: str
) -> None:
    companies.says = says
    with pytest.raises(SendingFailed) as caught:
        await by_get.send(Text(TO, WORDS, "77"))
    assert (type(caught.value), caught.value.reason) == (kind, reason)


async def test_a_wrong_password_is_ours_to_mend(companies: Companies, tmp_path: Path) -> None:
    for number, reason in ((1, "gateway_login:-1"), (2, "gateway_login")):
        async with company(tmp_path, example(number, companies.url), "forgotten") as gateway:
            with pytest.raises(TryLater, match=reason):
                await gateway.send(Text(TO, WORDS, "77"))


async def test_by_get_receipts_name_its_id_and_the_number(by_get: Gateway) -> None:
    def read(stat: str) -> Receipt:
        query = urlencode({"msgid": "20261123000001", "mobile": "13900139003", "stat": stat})
        return by_get.read_push(push("receipt", query, "GET")).receipts[0]

    assert read("DELIVRD") == Receipt("", "delivered", "", "20261123000001", TO)
    assert read("MK:0001").reason == "no_such_number:MK:0001"
    assert read("UNDELIV").reason == "not_delivered:UNDELIV"
    assert by_get.answer_to(push("receipt", "x", "GET")) == Answer("0")


async def test_by_get_what_grandfather_texts_is_heard(by_get: Gateway) -> None:
    said = {"mobile": "8613900139003", "msg": "签到 都好", "time": "20261123080000"}
    brought = push("inbound", urlencode(said, encoding="gbk"), "GET")
    assert by_get.is_theirs(brought)
    (raw,) = by_get.read_push(brought).inbound
    assert (raw.external_id, raw.payload["ts"]) == ("", "20261123080000")
    assert by_get.read_inbound(raw.payload) == Incoming("sms", "", TO, "text", "签到 都好")
    assert by_get.read_inbound({"from": "10086", "text": "您的余额不足"}) is None


async def test_too_long_a_letter_is_refused_before_it_is_sent(by_get: Gateway, by_json: Gateway) -> None:
    assert (by_get.would_refuse("学" * 501, ""), by_get.would_refuse("学" * 500, "")) == ("too_long", "")
    assert by_json.would_refuse("学" * 5000, "") == ""


# The second.


async def test_by_json_a_letter_arrives(companies: Companies, by_json: Gateway) -> None:
    assert await by_json.send(Text(TO, '【联动】"引号" {text}', "77")) == Sent("m-1")
    assert companies.taken == [
        {"from": ACCOUNT, "to": [TO], "message": {"text": '【联动】"引号" {text}', "client_id": "77"}}
    ]


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        ("bad_number", AddressFailed, "number_malformed:bad_number"),
        ("opted_out", AddressFailed, "refused_by_person:opted_out"),
        ("slow_down", TryLater, "too_many:slow_down"),
        ("balance", TryLater, "no_money:balance"),
    ],
)
async def test_by_json_a_refusal_is_named(
    companies: Companies, by_json: Gateway, says: str, kind: type[SendingFailed], reason: str
) -> None:
    companies.says = says
    with pytest.raises(SendingFailed) as caught:
        await by_json.send(Text(TO, WORDS, "77"))
    assert (type(caught.value), caught.value.reason) == (kind, reason)


async def test_by_json_receipts_come_several_at_once(by_json: Gateway) -> None:
    reports = [
        {"client_id": "77", "id": "m-1", "to": TO, "state": "delivered"},
        {"client_id": "78", "id": "m-2", "to": TO, "state": "failed", "error": "absent"},
        {"client_id": "79", "id": "m-3", "to": TO, "state": "sent"},
        {"client_id": "80", "id": "m-4", "to": TO, "state": "failed", "error": "whatever"},
        {"nothing": 1},
        "nothing at all",
    ]
    brought = by_json.read_push(push("receipt", {"reports": reports}))
    assert brought.receipts == (
        Receipt("77", "delivered", "", "m-1", TO),
        Receipt("78", "failed", "phone_off:absent", "m-2", TO),
        Receipt("79", "buffered", "", "m-3", TO),
        Receipt("80", "failed", "not_delivered:whatever", "m-4", TO),
    )
    assert brought.unread == 2
    assert by_json.answer_to(push("receipt", {})) == Answer('{"ok": true}', "application/json")


async def test_by_json_what_people_text_is_heard(by_json: Gateway) -> None:
    messages = [{"id": "in-1", "from": TO, "text": "签到"}, {"id": "in-2", "from": "", "text": "?"}, 3]
    first, strange, aside = by_json.read_push(push("inbound", {"messages": messages})).inbound
    assert first.external_id == "in-1"
    assert by_json.read_inbound(first.payload) == Incoming("sms", "in-1", TO, "text", "签到")
    with pytest.raises(Unreadable):
        by_json.read_inbound(strange.payload)
    assert aside.payload == {ASIDE: {"query": "", "body": "3"}}
    assert not by_json.is_theirs(push("inbound", {}, "GET"))


# Both, and companies that behave badly.


@pytest.mark.parametrize("number", [1, 2])
async def test_an_empty_answer_tells_nothing(tmp_path: Path, number: int) -> None:
    async with peer(http("200 OK", "")) as other, company(tmp_path, example(number, other.url)) as gateway:
        with pytest.raises(OutcomeUnknown, match="answer_unreadable"):
            await gateway.send(Text(TO, WORDS, "77"))


@pytest.mark.parametrize("said", [b"", b"\xff\xff", b"[" * 100_000, b"1", b'{"reports": "x"}', b"{}"])
async def test_a_push_in_bad_form_is_unreadable(by_json: Gateway, by_get: Gateway, said: bytes) -> None:
    for gateway in (by_json, by_get):
        for kind in ("receipt", "inbound"):
            with pytest.raises(Unreadable):
                gateway.read_push(push(kind, said))


async def test_a_company_that_adds_the_signature_and_brings_nothing(tmp_path: Path) -> None:
    written = """
    [send]
    url = "{url}/{secret}/send?a=1"
    method = "GET"
    form = "query"
    numbers = "digits"
    adds_signature = true
    fields = { to = "{number}", text = "{text}", vip = true }
    [answer]
    form = "query"
    field = "code"
    is = ["0"]
    """
    async with (
        peer(http("200 OK", "code=0&id=9")) as other,
        company(tmp_path, written.replace("{url}", other.url), "a/b c") as gateway,
    ):
        assert await gateway.send(Text(TO, WORDS, "77")) == Sent("77"), "ours, where it names none"
        (head,) = other.heads
        assert not gateway.gives_receipts
        assert not gateway.is_theirs(push("receipt", {}))
        for kind in ("receipt", "inbound"):
            with pytest.raises(Unreadable):
                gateway.read_push(push(kind, {}))
    asked = head.split()[1]
    assert asked.startswith("/a%2Fb%20c/send?a=1&to=8613900139003&text=%E6%B8%85%E6%98%8E")
    assert asked.endswith("&vip=true")
    assert "%E8%81%94" not in asked, "its signature, not ours"


async def test_of_a_batch_the_reference_is_the_first_ones_alone(tmp_path: Path) -> None:
    many = example(2, nobody()).replace("[send]", "[send]\nmost_at_once = 5")
    async with company(tmp_path, many) as gateway:
        said = {"client_id": "77", "id": "m-1", "to": "+8613900139004", "state": "delivered"}
        (receipt,) = gateway.read_push(push("receipt", {"reports": [said]})).receipts
        assert receipt == Receipt("", "delivered", "", "m-1", "+8613900139004")
        with pytest.raises(Unreadable):
            gateway.read_push(push("receipt", {"reports": [said | {"to": ""}]}))


async def test_nothing_waits_with_it_and_nothing_can_be_looked_up(by_get: Gateway) -> None:
    assert [page async for page in by_get.pull()] == []
    assert await by_get.look_up(Sought("77", "1", TO, datetime.now(UTC))) is None
