"""Letters through a 云MAS that behaves as its manual says, and through ones that do not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal, NamedTuple

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
from bot.channels.gateways.contract import Answer, Brought, Gateway, Push, Sought, Text
from bot.channels.gateways.yunmas import Templates, Yunmas, signed
from tests.bot.channels.bad_line import TO, WORDS, assert_it_is
from tests.bot.channels.peers import HANG_UP, http, peer
from tests.bot.channels.yunmas_peer import ACCOUNT, COMPANY, PASSWORD, SIGN, YunmasPeer, yunmas_up


class One(NamedTuple):
    code: str
    values: Mapping[str, str]


class OneForLessons:
    """An approved template for the lessons, and none for anything else."""

    def fill(self, words: str, topic: str) -> One:
        if not topic:
            raise MessageRefused("no_template")
        return One("38516fabae004eddbfa3ace1d4194696", {"title": topic, "words": words[4:]})

    def would_refuse(self, words: str, topic: str) -> str:
        return "" if topic else "no_template"

    def as_shown(self, words: str, topic: str, signature: str) -> str:
        return f"{signature}{topic}：{words[4:]}" if topic else words


@asynccontextmanager
async def yunmas(
    url: str, password: str = PASSWORD, sign: str = SIGN, templates: Templates | None = None
) -> AsyncIterator[Gateway]:
    gateway = Yunmas(url, COMPANY, ACCOUNT, password, sign, "", "【联动】", templates, patience=1.0)
    yield gateway
    await gateway.close()


@pytest.fixture
async def mas() -> AsyncIterator[YunmasPeer]:
    async with yunmas_up() as one:
        yield one


@pytest.fixture
async def gateway(mas: YunmasPeer) -> AsyncIterator[Gateway]:
    async with yunmas(mas.url) as one:
        yield one


def test_it_signs_as_the_worked_examples_of_the_manual() -> None:
    """China Mobile has no SDK for it on the index: these two requests, mac and all, are from its manual."""
    login = {"ecName": "政企分公司测试", "apId": "demo0", "secretKey": "123qwe"}
    free = {"mobiles": "13800138000", "content": "移动改变生活。", "sign": "DWItALe3A", "addSerial": ""}
    assert signed(login | free)["mac"] == "7997ddb079db2155b517b21b2a812370"
    template = {"templateId": "38516fabae004eddbfa3ace1d4194696", "mobiles": "13800138000"}
    ending = {"params": '["abcde"]', "sign": "4sEuJxDpC", "addSerial": ""}
    assert signed(login | template | ending)["mac"] == "02009a533ee3fb8603062971a53beff0"


async def test_a_letter_arrives_without_the_signature_that_the_company_adds(
    mas: YunmasPeer, gateway: Gateway
) -> None:
    sent = await gateway.send(Text(TO, WORDS, "77"))
    assert (mas.taken[0]["content"], mas.taken[0]["mobiles"]) == ("清明前后来看您", "13900139003")
    assert sent == Sent("1123152506001000000001")


async def test_many_go_in_one_request(mas: YunmasPeer, gateway: Gateway) -> None:
    texts = [Text(f"+86139{n:08}", WORDS, str(n)) for n in range(5000)]
    outcomes = await gateway.send_batch(texts)
    assert outcomes == [Sent("1123152506001000000001")] * 5000
    assert len(mas.taken) == 1


async def test_two_who_share_a_phone_are_told_apart_by_their_receipts(
    mas: YunmasPeer, gateway: Gateway
) -> None:
    shared = [Text(TO, WORDS, "1"), Text("+8613900139004", WORDS, "2"), Text(TO, WORDS, "3")]
    first, second, third = await gateway.send_batch(shared)
    assert first == second != third
    assert [one["mobiles"] for one in mas.taken] == ["13900139003,13900139004", "13900139003"]


async def test_for_one_wrong_number_nobody_else_pays(mas: YunmasPeer, gateway: Gateway) -> None:
    mas.no_numbers = {"13900000005"}
    texts = [Text(f"+86139{n:08}", WORDS, str(n)) for n in range(9)]
    outcomes = await gateway.send_batch(texts)
    wrong = outcomes.pop(5)
    assert isinstance(wrong, AddressFailed)
    assert wrong.reason == "number_malformed:InvalidMobile"
    assert all(isinstance(outcome, Sent) for outcome in outcomes)
    written = [number for one in mas.taken for number in one["mobiles"].split(",")]
    assert sorted(written) == sorted(set(written)), "nobody twice"


async def test_abroad_is_not_served(mas: YunmasPeer, gateway: Gateway) -> None:
    abroad, at_home = await gateway.send_batch([Text("+447700900123", WORDS, "1"), Text(TO, WORDS, "2")])
    assert isinstance(abroad, MessageRefused)
    assert (abroad.reason, isinstance(at_home, Sent)) == ("foreign_number", True)
    assert mas.taken[0]["mobiles"] == "13900139003"


async def test_an_approved_template_takes_its_values_in_order(mas: YunmasPeer) -> None:
    async with yunmas(mas.url, templates=OneForLessons()) as gateway:
        await gateway.send(Text(TO, WORDS, "77", "work-injury"))
        assert gateway.would_refuse(WORDS, "") == "no_template"
        with pytest.raises(MessageRefused, match="no_template"):
            await gateway.send(Text(TO, WORDS, "78"))
    (one,) = mas.taken
    assert (mas.paths, one["templateId"]) == (["/sms/tmpsubmit"], "38516fabae004eddbfa3ace1d4194696")
    assert json.loads(one["params"]) == ["work-injury", "清明前后来看您"]


async def test_a_wrong_password_or_signature_is_ours_to_mend(mas: YunmasPeer) -> None:
    async with yunmas(mas.url, password="forgotten") as gateway:
        with pytest.raises(TryLater, match="gateway_login:IllegalMac"):
            await gateway.send(Text(TO, WORDS, "77"))
    async with yunmas(mas.url, sign="xxxxxxxxx") as gateway:
        with pytest.raises(TryLater, match="signature_wrong:NoSignId"):
            await gateway.send(Text(TO, WORDS, "77"))


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        ("SystemBusy", TryLater, "gateway_busy:SystemBusy"),
        ("FlowOverLimit", TryLater, "too_many:FlowOverLimit"),
        ("IllegalIpAddress", TryLater, "ip_not_allowed:IllegalIpAddress"),
        ("IllegalUseTemplate", TryLater, "template_wrong:IllegalUseTemplate"),
        ("RequestTimeout", OutcomeUnknown, "no_answer:RequestTimeout"),
        ("NeverHeardOf", TryLater, "code_unknown:NeverHeardOf"),
    ],
)
async def test_a_refusal_is_named(
    mas: YunmasPeer, gateway: Gateway, code: str, kind: type[SendingFailed], reason: str
) -> None:
    mas.refuses = code
    seen, same = await gateway.send_batch([Text(TO, WORDS, "77"), Text("+8613900139004", WORDS, "78")])
    assert isinstance(seen, SendingFailed)
    assert (type(seen), seen.reason, same) == (kind, reason, seen)


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        (http("200 OK", "[1]"), OutcomeUnknown, "answer_unreadable"),
        (http("200 OK", '{"rspcod": "success"}'), OutcomeUnknown, "answer_unreadable"),
        (http("200 OK", '{"success": true, "msgGroup": ""}'), OutcomeUnknown, "answer_unreadable"),
        (http("301 Moved", "", "Location: https://x.cn"), TryLater, "gateway_address"),
        (http("400 Bad Request", "x"), TryLater, "code_unknown:HTTP400"),
    ],
)
async def test_what_it_says_without_a_message_was_sent_once(
    says: bytes, kind: type[SendingFailed], reason: str
) -> None:
    await assert_it_is(says, yunmas, kind, reason)


def push(kind: Literal["inbound", "receipt"], said: object, method: str = "POST") -> Push:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Push(kind, method, f"https://bot.example.cn/sms/x/{kind}", "", {}, body)


def report(status: str, code: str = "", **more: object) -> dict[str, object]:
    told = {"reportStatus": status, "errorCode": code, "mobile": "13900139003", "msgGroup": "1123"}
    return told | {"submitDate": "20261123080000", "receiveDate": "20261123080004"} | more


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        (report("DELIVRD"), "delivered", ""),
        (report("DELIVRD", "DELIVRD"), "delivered", ""),
        (report("UNDELIV", "MK:0001"), "failed", "no_such_number:MK:0001"),
        (report("UNDELIV", "MK:0024"), "failed", "phone_off:MK:0024"),
        (report("EXPIRED"), "failed", "expired_on_the_way:EXPIRED"),
        (report("REJECTD", "DB:0141"), "failed", "blacklisted:DB:0141"),
        (report("UNDELIV", "XX:1234"), "failed", "not_delivered:UNDELIV"),
        (report("WHATEVER", "XX:1234"), "failed", "not_delivered:XX:1234"),
    ],
)
async def test_a_receipt_names_its_batch_and_number(
    gateway: Gateway, said: dict[str, object], outcome: Literal["delivered", "failed"], reason: str
) -> None:
    brought = gateway.read_push(push("receipt", said))
    assert brought.receipts == (Receipt("", outcome, reason, "1123", TO),)


async def test_several_receipts_come_at_once_and_a_strange_one_costs_the_others_nothing(
    gateway: Gateway,
) -> None:
    both = report("DELIVRD", mobile=["13900139003", "13900139004"])
    brought = gateway.read_push(push("receipt", [both, report("DELIVRD", msgGroup="")]))
    assert [one.number for one in brought.receipts] == [TO, "+8613900139004"]


async def test_what_grandfather_texts_is_heard(gateway: Gateway) -> None:
    said = {"mobile": "13900139003", "smsContent": "签到 都好", "sendTime": "2026-11-23 08:00:00"}
    (raw,) = gateway.read_push(push("inbound", said | {"addSerial": "106575297722"})).inbound
    assert (raw.channel, raw.external_id, raw.payload["ts"]) == ("sms", "", "2026-11-23 08:00:00")
    heard = gateway.read_inbound({**raw.payload, "id": "made"})
    assert heard == Incoming("sms", "made", TO, "text", "签到 都好")
    assert gateway.read_inbound({"from": "10086", "text": "您的余额不足"}) is None


@pytest.mark.parametrize("said", [b"", b"\xff", b"[" * 100_000, b"1", b'"x"', b"[1]", b"{}"])
async def test_a_push_in_bad_form_is_unreadable(gateway: Gateway, said: bytes) -> None:
    for kind in ("inbound", "receipt"):
        with pytest.raises(Unreadable):
            gateway.read_push(push(kind, said))
    with pytest.raises(Unreadable):
        gateway.read_push(push("receipt", {"reportStatus": "DELIVRD"}))
    with pytest.raises(Unreadable):
        gateway.read_inbound({"from": "", "text": "签到"})


async def test_it_comes_by_post_and_wants_to_hear_nothing(gateway: Gateway) -> None:
    assert gateway.is_theirs(push("inbound", {}))
    assert not gateway.is_theirs(push("inbound", {}, "GET"))
    assert gateway.answer_to(push("inbound", {})) == Answer()


async def test_what_waits_is_fetched_page_by_page(mas: YunmasPeer, gateway: Gateway) -> None:
    said = {"mobile": "13900139003", "smsContent": "签到", "sendTime": "2026-11-23 08:00:00", "addSerial": ""}
    mas.waiting = {
        "/sms/report": [[report("DELIVRD")], [report("DELIVRD", msgGroup="1124")]],
        "/sms/deliver": [[said]],
    }
    pages = [page async for page in gateway.pull()]
    assert [one.provider_id for page in pages for one in page.receipts] == ["1123", "1124"]
    assert [raw.payload["text"] for page in pages for raw in page.inbound] == ["签到"]
    assert [page async for page in gateway.pull()] == list[Brought]()


async def test_the_same_page_again_does_not_keep_us_for_ever(mas: YunmasPeer, gateway: Gateway) -> None:
    mas.waiting = {"/sms/report": [[report("DELIVRD")]] * 99}
    assert len([page async for page in gateway.pull()]) == 1


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (http("403 Forbidden", ""), "gateway_login"),
        (http("302 Found", "", "Location: https://x.cn"), "gateway_address"),
        (http("200 OK", '{"rspcod": "InvalidUsrOrPwd"}'), "gateway_login:InvalidUsrOrPwd"),
        (http("200 OK", "<html>"), "receipt"),
        (HANG_UP, "no_answer"),
    ],
)
async def test_where_it_cannot_be_asked_somebody_hears_why(says: bytes, told: str) -> None:
    async with peer(says) as other, yunmas(other.url) as gateway:
        with pytest.raises((SendingFailed, Unreadable), match=told):
            _ = [page async for page in gateway.pull()]


async def test_an_empty_answer_is_an_empty_page() -> None:
    for body in ("[]", "null", '""'):
        async with peer(http("200 OK", body)) as other, yunmas(other.url) as gateway:
            assert [page async for page in gateway.pull()] == list[Brought]()


async def test_nothing_can_be_looked_up(gateway: Gateway) -> None:
    assert await gateway.look_up(Sought("77", "1123", TO, datetime.now(UTC))) is None


def test_over_https_it_has_another_path() -> None:
    for url, path in (("https://mas.example.cn:28888", "/sms/submit"), ("http://x/sms/norsubmit", "")):
        gateway = Yunmas(url, COMPANY, ACCOUNT, PASSWORD, SIGN)
        assert gateway._free_text == (path or "/sms/norsubmit")
        assert not gateway._url.endswith("submit")
