"""A letter through an SMS centre that behaves like Kannel, and through ones that do not."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Literal
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from bot.channels.contract import (
    AddressFailed,
    Button,
    Incoming,
    MessageRefused,
    OutcomeUnknown,
    Outgoing,
    Receipt,
    SendingFailed,
    TryLater,
    Unreadable,
)
from bot.channels.gateways.contract import Gateway, Push, Text, as_params
from bot.channels.gateways.kannel import INBOUND_QUERY, Kannel
from bot.channels.sms import Sms
from bot.sandbox.phones import Phone
from bot.sandbox.server import sandbox_app, serving
from bot.sandbox.sms_centre import SmsAccount
from bot.sandbox.world import World
from content.rules.receipts import meaning_of
from tests.bot.channels.peers import Peer, http, nobody, peer
from tests.bot.sandbox.program import Program, program_up

TO = "+8613900139003"


@asynccontextmanager
async def kannel(url: str, receipts: str = "", password: str = "sandbox") -> AsyncIterator[Kannel]:
    gateway = Kannel(url, "liandong", password, "106900012371", receipts, patience=1.0)
    yield gateway
    await gateway.close()


async def test_a_chinese_letter_arrives_with_signature_and_choices(
    world: World, url: str, grandfather: Phone
) -> None:
    buttons = ((Button("是", "t1"), Button("否", "t2")),)
    async with kannel(url) as gateway:
        sms = Sms(gateway, "【联动】")
        sent = await sms.send(Outgoing(grandfather.number, "您还在家吗？", "77", buttons=buttons))
    (shown,) = world.sms(grandfather.id)
    assert shown.body == "【联动】您还在家吗？\n回1 是 回2 否"
    assert (shown.encoding, sent.provider_id) == ("UCS-2", "77")


async def test_a_long_letter_arrives_whole(world: World, url: str, grandfather: Phone) -> None:
    async with kannel(url) as gateway:
        await gateway.send(Text(grandfather.number, "学" * 150, "77"))
        await gateway.send(Text(grandfather.number, "see you at noon", "78"))
    long, plain = world.sms(grandfather.id)
    assert (long.body, len(long.parts)) == ("学" * 150, 3)
    assert plain.encoding == "GSM-7"


async def test_receipts_tell_who_got_it(world: World, url: str, grandfather: Phone) -> None:
    async with program_up(Program()) as program, kannel(url, f"{program.url}/receipt") as gateway:
        await gateway.send(Text(grandfather.number, "清明前后来看您", "a/77 b"))
        world.switch_off(grandfather.id)
        await gateway.send(Text(grandfather.number, "清明前后来看您", "78"))
        await world.settled()
        assert [receipt_in(gateway, said) for said in program.heard] == [
            Receipt("a/77 b", "delivered"),
            Receipt("78", "failed", "phone_off:027"),
        ]


async def test_what_grandfather_texts_is_heard(world: World, grandfather: Phone) -> None:
    async with program_up(Program()) as program:
        account = SmsAccount(inbound_url=f"{program.url}/inbound?{INBOUND_QUERY}")
        async with serving(sandbox_app(world, account)) as url, kannel(url) as gateway:
            texted = world.text(grandfather.id, "签到 都好")
            await world.settled()
            heard = Sms(gateway, "【联动】").read(program.heard[0])
    assert heard == Incoming(
        channel="sms", external_id=texted.id, address=grandfather.number, kind="text", text="签到 都好"
    )


def push(kind: Literal["inbound", "receipt"], said: Mapping[str, str]) -> Push:
    query = urlencode(said)
    return Push(kind, "GET", f"http://127.0.0.1/sms/x/{kind}?{query}", query, {}, b"")


def receipt_in(gateway: Gateway, said: Mapping[str, str]) -> Receipt:
    [receipt] = gateway.read_push(push("receipt", said)).receipts
    return receipt


async def failure(says: bytes | None) -> tuple[SendingFailed, Peer]:
    async with peer(says) as other, kannel(other.url) as gateway:
        with pytest.raises(SendingFailed) as caught:
            await gateway.send(Text(TO, "清明前后来看您", "77"))
    return caught.value, other


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        ("400 Bad Request", MessageRefused, "message_refused"),
        ("403 Forbidden", TryLater, "gateway_login"),
        ("404 Not Found", TryLater, "gateway_address"),
        ("503 Service Unavailable", TryLater, "gateway_busy"),
        # Of a proxy before it, behind which the message may have been taken.
        ("502 Bad Gateway", OutcomeUnknown, "no_answer"),
        ("504 Gateway Timeout", OutcomeUnknown, "no_answer"),
        ("200 OK", OutcomeUnknown, "answer_unreadable"),
    ],
)
async def test_a_refusal_is_named(status: str, kind: type[SendingFailed], reason: str) -> None:
    seen, _ = await failure(http(status, "x"))
    assert (type(seen), seen.reason) == (kind, reason)


async def test_what_kannel_says_of_a_refusal_is_told_in_our_word() -> None:
    seen, _ = await failure(http("400 Bad Request", "Sender missing and no global set, rejected"))
    assert (type(seen), seen.reason) == (MessageRefused, "message_refused:sender_missing")


async def test_a_wrong_password_is_ours_to_mend(world: World, url: str) -> None:
    async with kannel(url, password="forgotten") as gateway:
        with pytest.raises(TryLater, match="gateway_login"):
            await gateway.send(Text(TO, "清明前后来看您", "77"))


async def test_a_landline_takes_no_letter() -> None:
    async with kannel(nobody()) as gateway:
        with pytest.raises(AddressFailed, match="landline"):
            await Sms(gateway, "【联动】").send(Outgoing("+862584390000", "您好", "77"))


async def test_without_an_address_for_receipts_none_are_asked_for() -> None:
    _, other = await failure(http("503 Busy", ""))
    asked = parse_qs(urlsplit(other.heads[0].split()[1]).query)
    assert "dlr-url" not in asked
    assert asked["coding"] == ["2"]


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    async with kannel(nobody()) as gateway:
        yield gateway


@pytest.mark.parametrize(
    ("octets", "charset", "coding", "words"),
    [
        ("签到".encode(), "UTF-8", "0", "签到"),
        ("café".encode("cp1252"), "WINDOWS-1252", "0", "café"),
        ("签到ab".encode("utf-16-be"), "UTF-16BE", "2", "签到ab"),
        ("签到".encode("utf-16-be"), "", "2", "签到"),
        (b"", "UTF-8", "0", ""),
    ],
)
async def test_words_survive_whatever_charset_they_came_in(
    gateway: Gateway, octets: bytes, charset: str, coding: str, words: str
) -> None:
    query = f"from=%2B8613900139003&id=9&text={quote(octets)}&charset={charset}&coding={coding}"
    heard = gateway.read_inbound(as_params(query))
    assert heard is not None
    assert heard.text == words


@pytest.mark.parametrize("sender", ["8613900139003", "13900139003", "008613900139003", "+8613900139003"])
async def test_a_number_is_the_same_however_the_network_writes_it(gateway: Gateway, sender: str) -> None:
    heard = gateway.read_inbound({"from": sender, "id": "9", "text": "1"})
    assert heard is not None
    assert heard.address == TO


async def test_an_operators_short_code_is_nobody(gateway: Gateway) -> None:
    assert gateway.read_inbound({"from": "10086", "id": "9", "text": "您的余额不足"}) is None


async def test_what_has_no_sender_or_status_is_garbage(gateway: Gateway) -> None:
    with pytest.raises(Unreadable):
        gateway.read_inbound({"id": "9", "text": "签到"})
    for said in ({}, {"reference": "77", "status": "%d"}, {"reference": "77", "status": "64"}):
        with pytest.raises(Unreadable):
            receipt_in(gateway, said)


@pytest.mark.parametrize(
    ("status", "outcome"), [("1", "delivered"), ("2", "failed"), ("4", "buffered"), ("16", "failed")]
)
async def test_a_receipt_means_what_kannels_guide_says(gateway: Gateway, status: str, outcome: str) -> None:
    assert receipt_in(gateway, {"reference": "77", "status": status}).outcome == outcome


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("id:7 sub:001 dlvrd:000 stat:MK:0001 err:001 text:", "no_such_number:MK:0001"),
        ("id:7 sub:001 dlvrd:000 stat:EXPIRED err:000 text:", "expired_on_the_way:EXPIRED"),
        ("id:7 sub:001 dlvrd:000 stat:UNDELIV err:027 text:", "phone_off:027"),
        ("id:7 sub:001 dlvrd:000 stat:UNDELIV err:777 text:", "not_delivered:777"),
        ("id:7 sub:001 dlvrd:000 stat:REJECTD err:000 text:", "not_delivered:REJECTD"),
        ("id:7 sub:001 dlvrd:000 stat:BWLIST_006 err:000 text:", "blacklisted:BWLIST_006"),
        ("id:7 sub:001 dlvrd:000 stat:UNDELIV err:000 text:", "not_delivered"),
        ("", "not_delivered"),
        ("石".encode().decode("latin-1"), "not_delivered"),
    ],
)
async def test_what_the_operator_says_of_a_failure_is_told_in_our_word(
    gateway: Gateway, answer: str, reason: str
) -> None:
    said = {"reference": "77", "status": "2", "answer": answer}
    assert receipt_in(gateway, said) == Receipt("77", "failed", reason)


async def test_what_the_operator_refuses_at_once_is_told_in_our_word(gateway: Gateway) -> None:
    for answer, reason in (
        ("NACK/0x0000000b/Invalid Destination Address", "number_malformed:NACK/0x0000000b"),
        ("NACK/0x00000045/Submit failed", "message_refused:NACK/0x00000045"),
        ("REJECTED", "message_refused"),
    ):
        said = {"reference": "77", "status": "16", "answer": answer}
        assert receipt_in(gateway, said) == Receipt("77", "failed", reason)


def test_each_code_of_the_table_has_a_word_that_a_secretary_can_read() -> None:
    with (files("content.rules.receipts") / "kannel.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    assert len({row["code"] for row in rows}) == len(rows) > 100
    assert not [row for row in rows if meaning_of(row["word"]).word != row["word"]]
