"""Letters, receipts and answers by Alibaba Cloud, which answers as it documents."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

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
    Sent,
    TryLater,
    Unreadable,
)
from bot.channels.gateways.aliyun import RULES, Aliyun
from bot.channels.gateways.aliyun_api import AliyunApi
from bot.channels.gateways.asking import Key
from bot.channels.gateways.contract import Answer, Gateway, Push, Sought, Text
from bot.channels.gateways.templates import Template, Templates
from bot.channels.sms import sms_text
from bot.clock import WoundClock
from tests.bot.channels.companies import KEY_ID, SECRET, Asked, Company, Says, aliyun_company
from tests.bot.channels.peers import http, nobody, peer

NOW = datetime(2026, 11, 2, 15, 58, tzinfo=UTC)
WANG, LI, ABROAD = "+8613900139001", "+8613900139002", "+85251234567"
LESSON = Template("SMS_100000002", "四不要：不刷单；不转钱。", 35)
DEFAULT = Template("SMS_100000001", "党支部提醒您：${words}。", 35)
TEMPLATES = Templates(RULES, {"stop-fraud": LESSON}, default=DEFAULT)


def text(number: str = WANG, reference: str = "77", words: str = "【联动】明天开会", topic: str = "") -> Text:
    return Text(number, words, reference, topic)


@asynccontextmanager
async def gateway(url: str, clock: WoundClock | None = None) -> AsyncIterator[Aliyun]:
    clock = clock or WoundClock(NOW)
    one = Aliyun(AliyunApi(Key(KEY_ID, SECRET), clock, url, patience=1.0), "联动", TEMPLATES, clock)
    yield one
    await one.close()


@asynccontextmanager
async def both() -> AsyncIterator[tuple[Aliyun, Company]]:
    company = aliyun_company()
    for action in ("SendSms", "SendBatchSms"):
        company.answers[action] = lambda _: {"Code": "OK", "Message": "OK", "BizId": "9003^0"}
    async with company.open(), gateway(company.url) as ours:
        yield ours, company


async def test_a_letter_goes_as_the_variable_and_the_company_signs_it() -> None:
    async with both() as (ours, company):
        assert await ours.send(text()) == Sent("9003^0")
    [asked] = company.asked
    assert asked.action == "SendSms"
    assert asked.params == {
        "OutId": "77",
        "PhoneNumbers": "13900139001",
        "SignName": "联动",
        "TemplateCode": "SMS_100000001",
        "TemplateParam": '{"words": "明天开会"}',
    }


async def test_a_lesson_goes_by_its_own_template() -> None:
    async with both() as (ours, company):
        await ours.send(text(words="【联动】四不要……很长的一课" * 9, topic="stop-fraud"))
    assert company.asked[0].params["TemplateCode"] == "SMS_100000002"
    assert "TemplateParam" not in company.asked[0].params


async def test_a_batch_is_one_request_and_stands_under_one_id() -> None:
    texts = [text(WANG, "1", topic="stop-fraud"), text(LI, "2", topic="stop-fraud")]
    async with both() as (ours, company):
        assert await ours.send_batch(texts) == [Sent("9003^0"), Sent("9003^0")]
    [asked] = company.asked
    assert asked.action == "SendBatchSms"
    assert asked.params["PhoneNumberJson"] == '["13900139001", "13900139002"]'
    assert asked.params["SignNameJson"] == '["联动", "联动"]'
    assert asked.params["OutId"] == "batch:1"


async def test_what_cannot_stand_in_a_batch_goes_alone() -> None:
    """Two people with one phone, and one whose phone is abroad."""
    texts = [text(WANG, "1"), text(LI, "2"), text(WANG, "3"), text(ABROAD, "4")]
    async with both() as (ours, company):
        outcomes = await ours.send_batch(texts)
    assert outcomes[:3] == [Sent("9003^0")] * 3
    assert isinstance(outcomes[3], MessageRefused)
    assert outcomes[3].reason == "foreign_number"
    batch, alone = company.asked
    assert batch.params["PhoneNumberJson"] == '["13900139001", "13900139002"]'
    assert (alone.action, alone.params["OutId"]) == ("SendSms", "3")


async def test_one_wrong_number_costs_nobody_else_their_letter() -> None:
    def alone(asked: Asked) -> Says:
        wrong = asked.params["PhoneNumbers"] == "13900139002"
        return {"Code": "isv.MOBILE_NUMBER_ILLEGAL"} if wrong else {"Code": "OK", "BizId": "1^0"}

    async with both() as (ours, company):
        company.answers |= {
            "SendBatchSms": lambda _: {"Code": "isv.MOBILE_NUMBER_ILLEGAL"},
            "SendSms": alone,
        }
        outcomes = await ours.send_batch([text(WANG, "1"), text(LI, "2")])
    assert outcomes[0] == Sent("1^0")
    assert isinstance(outcomes[1], AddressFailed)
    assert outcomes[1].reason == "number_malformed:isv.MOBILE_NUMBER_ILLEGAL"


async def test_where_the_account_is_at_fault_a_batch_is_asked_for_once() -> None:
    async with both() as (ours, company):
        company.refusals = [(200, {"Code": "isv.AMOUNT_NOT_ENOUGH"})]
        outcomes = await ours.send_batch([text(WANG, "1"), text(LI, "2")])
    assert [type(one) for one in outcomes] == [TryLater, TryLater]
    assert len(company.asked) == 1


@pytest.mark.parametrize(
    ("status", "code", "kind", "reason"),
    [
        (200, "isv.MOBILE_NUMBER_ILLEGAL", AddressFailed, "number_malformed"),
        (200, "isv.BUSINESS_LIMIT_CONTROL", TryLater, "too_many_to_number"),
        (200, "isv.DAY_LIMIT_CONTROL", TryLater, "daily_limit"),
        (200, "isv.SMS_SIGNATURE_ILLEGAL", TryLater, "signature_wrong"),
        (200, "isv.SMS_TEMPLATE_ILLEGAL", TryLater, "template_wrong"),
        (200, "isv.PARAM_LENGTH_LIMIT", MessageRefused, "variable_too_long"),
        (200, "isv.PARAM_NOT_SUPPORT_URL", MessageRefused, "link_forbidden"),
        (200, "isv.OUT_OF_SERVICE", TryLater, "no_money"),
        (200, "isv.WHAT_NOBODY_KNOWS", TryLater, "code_unknown"),
        (404, "InvalidAccessKeyId.NotFound", TryLater, "gateway_login"),
        (400, "InvalidTimeStamp.Expired", TryLater, "clock_wrong"),
        (400, "Throttling.User", TryLater, "too_many"),
        (403, "Forbidden.RAM", TryLater, "no_right"),
    ],
)
async def test_each_no_is_named(status: int, code: str, kind: type[SendingFailed], reason: str) -> None:
    async with both() as (ours, company):
        company.refusals = [(status, {"Code": code, "Message": "含有 13900139001"})]
        with pytest.raises(SendingFailed) as caught:
            await ours.send(text())
    assert (type(caught.value), caught.value.reason) == (kind, f"{reason}:{code}")


async def test_a_wrong_secret_is_told_as_such() -> None:
    company, clock = aliyun_company(), WoundClock(NOW)
    async with company.open():
        api = AliyunApi(Key(KEY_ID, "another"), clock, company.url)
        ours = Aliyun(api, "联动", TEMPLATES, clock)
        with pytest.raises(TryLater) as caught:
            await ours.send(text())
        assert (await ours.what_is_wrong()).startswith("gateway_login")
        await ours.close()
    assert caught.value.reason == "gateway_login:SignatureDoesNotMatch"


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        (http("200 OK", "[1]"), OutcomeUnknown, "answer_unreadable"),
        (http("200 OK", "{}"), OutcomeUnknown, "answer_unreadable"),
        (http("502 Bad Gateway", ""), OutcomeUnknown, "no_answer"),
        (http("500 Oh", '{"Code": "InternalError"}'), OutcomeUnknown, "no_answer"),
        (http("302 Found", "", "Location: /"), TryLater, "gateway_address"),
        (http("503 Service Unavailable", "", "Retry-After: 7"), TryLater, "gateway_busy"),
    ],
)
async def test_what_is_no_answer_of_the_company_is_named(
    says: bytes | None, kind: type[SendingFailed], reason: str
) -> None:
    async with peer(says) as other, gateway(other.url) as ours:
        with pytest.raises(SendingFailed) as caught:
            await ours.send(text())
        [one, two] = await ours.send_batch([text(WANG, "1"), text(LI, "2")])
    assert (type(caught.value), caught.value.reason) == (kind, reason)
    assert (type(one), type(two)) == (kind, kind)
    if isinstance(caught.value, TryLater) and "busy" in reason:
        assert caught.value.after == timedelta(seconds=7)


def push(kind: Any, said: object, method: str = "POST") -> Push:
    body = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    return Push(kind, method, "https://bot.example.cn/sms/x", "", {}, body)


async def test_pushed_receipts_are_known_by_our_id_or_by_batch_and_number() -> None:
    one = {
        "phone_number": "13900139001",
        "send_time": "2026-11-02 10:00:00",
        "report_time": "2026-11-02 10:00:03",
        "success": True,
        "err_code": "DELIVERED",
        "err_msg": "用户接收成功",
        "sms_size": "1",
        "biz_id": "9003^0",
        "out_id": "77",
    }
    of_a_batch = one | {"out_id": "batch:1", "success": False, "err_code": "MOBILE_NOT_ON_SERVICE"}
    async with gateway(nobody()) as ours:
        brought = ours.read_push(push("receipt", [one, of_a_batch, {"nonsense": 1}]))
    assert brought.receipts == (
        Receipt("77", "delivered", "", "9003^0", WANG),
        Receipt("", "failed", "not_in_service:MOBILE_NOT_ON_SERVICE", "9003^0", WANG),
    )


async def test_what_people_text_is_kept_once_and_heard() -> None:
    up = {
        "phone_number": "13900139001",
        "send_time": "2026-11-02 10:00:00",
        "content": "签到 都好",
        "sign_name": "联动",
        "dest_code": "1234",
        "sequence_id": 1234567890,
    }
    async with gateway(nobody()) as ours:
        [raw, short] = ours.read_push(push("inbound", [up, up | {"phone_number": "10086"}])).inbound
        again = ours.read_push(push("inbound", [up])).inbound[0]
        heard = ours.read_inbound(raw.payload)
        assert ours.read_inbound(short.payload) is None
    assert raw == again
    assert heard == Incoming("sms", "aliyun:1234567890", WANG, "text", "签到 都好")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[1]", b'"x"', b"[" * 100_000])
async def test_a_push_in_bad_form_is_unreadable(body: bytes) -> None:
    async with gateway(nobody()) as ours:
        for kind in ("inbound", "receipt"):
            with pytest.raises(Unreadable):
                ours.read_push(push(kind, body))
        with pytest.raises(Unreadable):
            ours.read_push(push("receipt", [{"another": "form"}]))


async def test_a_text_without_what_it_needs_is_kept_and_unreadable() -> None:
    async with gateway(nobody()) as ours:
        [raw] = ours.read_push(push("inbound", b'[{"content": "\\ud83d x"}]')).inbound
        json.dumps(raw.payload).encode()
        raw.payload["text"].encode()
        with pytest.raises(Unreadable):
            ours.read_inbound(raw.payload)


async def test_it_hears_the_number_it_wants() -> None:
    async with gateway(nobody()) as ours:
        answer = ours.answer_to(push("receipt", []))
        assert ours.is_theirs(push("receipt", []))
        assert not ours.is_theirs(push("receipt", [], "GET"))
        assert [brought async for brought in ours.pull()] == []
    assert answer == Answer('{"code": 0, "msg": "接收成功"}', "application/json")


ROW = {
    "OutId": "77",
    "PhoneNum": "13900139001",
    "SendStatus": 3,
    "ErrCode": "DELIVERED",
    "SendDate": "2026-11-02 23:58:01",
    "TemplateCode": "SMS_100000001",
}


async def looked_up(
    rows: list[Says], sought: Sought, later: timedelta = timedelta(hours=1)
) -> Receipt | None:
    company = aliyun_company()
    company.answers["QuerySendDetails"] = lambda asked: {
        "Code": "OK",
        "SmsSendDetailDTOs": {
            "SmsSendDetailDTO": [
                row for row in rows if row["SendDate"].replace("-", "").startswith(asked.params["SendDate"])
            ]
        },
    }
    async with company.open(), gateway(company.url, WoundClock(NOW + later)) as ours:
        return await ours.look_up(sought)


async def test_looked_up_it_tells_what_became_of_a_message() -> None:
    sought = Sought("77", "", WANG, NOW)
    assert await looked_up([ROW], sought) == Receipt("77", "delivered", number=WANG)
    off = ROW | {"SendStatus": 2, "ErrCode": "MOBILE_SEND_LIMIT"}
    assert await looked_up([off], sought) == Receipt(
        "77", "failed", "too_many_to_number:MOBILE_SEND_LIMIT", number=WANG
    )
    assert await looked_up([ROW | {"SendStatus": 1}], sought) == Receipt("77", "buffered", number=WANG)
    assert await looked_up([off, ROW, off], sought) == Receipt("77", "delivered", number=WANG), "sent again"
    of_a_batch = Sought("78", "9003^0", WANG, NOW)
    assert await looked_up([ROW | {"OutId": "batch:1"}], of_a_batch) == Receipt(
        "78", "delivered", "", "9003^0", WANG
    )


async def test_what_it_does_not_know_it_never_took_once_its_books_are_settled() -> None:
    sought = Sought("78", "", WANG, NOW)
    assert await looked_up([ROW], sought) == Receipt("78", "never_taken", number=WANG)
    assert await looked_up([], sought, timedelta(minutes=1)) is None
    assert await looked_up([], Sought("78", "9003^0", WANG, NOW)) is None, "it took it, and has it not yet"


async def test_of_a_batch_that_got_no_answer_the_one_to_this_number_is_ours() -> None:
    """Over midnight in Beijing, where the company begins another book."""
    sought = Sought("78", "", WANG, NOW)
    row = ROW | {"OutId": "batch:1", "SendDate": "2026-11-03 00:03:00"}
    assert await looked_up([row], sought) == Receipt("78", "delivered", number=WANG)
    assert await looked_up([row, row], sought) is None, "two, and nobody knows which"
    under_way = await looked_up([row | {"SendStatus": 1}], sought)
    assert under_way == Receipt("", "buffered", number=WANG), "its receipt will name an id we never heard"
    long_before = row | {"SendDate": "2026-11-02 20:00:00"}
    assert await looked_up([long_before], sought) == Receipt("78", "never_taken", number=WANG)


async def test_of_two_batches_to_one_number_the_words_tell_which_is_ours() -> None:
    said = "【联动】党支部提醒您：明天开会。"
    sought = Sought("78", "", WANG, NOW, said)
    ours = ROW | {"OutId": "batch:1", "Content": said}
    other = ROW | {"OutId": "batch:2", "Content": "【联动】四不要：不刷单；不转钱。", "SendStatus": 2}
    assert await looked_up([other, ours], sought) == Receipt("78", "delivered", number=WANG)
    assert await looked_up([other], sought) is None, "the words may be shown in another way than we think"


async def test_where_it_cannot_be_asked_it_says_so() -> None:
    async with gateway(nobody()) as ours:
        with pytest.raises(TryLater):
            await ours.look_up(Sought("77", "", WANG, NOW))
        assert await ours.look_up(Sought("77", "", ABROAD, NOW)) is None


async def test_what_it_would_refuse_is_known_before() -> None:
    async with gateway(nobody()) as ours:
        door: Gateway = ours
        assert door.would_refuse("【联动】明天开会", "") == ""
        assert door.would_refuse("【联动】" + "长" * 36, "") == "variable_too_long"
        assert door.would_refuse("【联动】看 flk.npc.gov.cn", "") == "link_forbidden"
        assert door.would_refuse("【联动】一课", "another-lesson") == ""
        assert door.would_refuse("【联动】" + "课" * 60, "another-lesson") == "no_template"
        with pytest.raises(MessageRefused):
            await door.send(text(words="【联动】" + "长" * 36))


async def test_what_the_phone_shows_is_what_is_paid() -> None:
    async with gateway(nobody()) as ours:
        assert ours.as_shown("【联动】明天开会", "") == "【联动】党支部提醒您：明天开会。"
        assert ours.as_shown("【联动】很长的一课", "stop-fraud") == "【联动】四不要：不刷单；不转钱。"
        refused = "【联动】" + "长" * 36
        assert ours.as_shown(refused, "") == refused


async def test_a_letter_as_our_door_writes_it_arrives_with_its_answers() -> None:
    buttons = ((Button("对", "t1"), Button("重写", "t2")),)
    words = sms_text(Outgoing(WANG, "明天开会，来吗？", "77", buttons=buttons), "【联动】")
    async with both() as (ours, company):
        await ours.send(text(words=words))
    said = json.loads(company.asked[0].params["TemplateParam"])
    assert said == {"words": "明天开会，来吗？\n回1 对 回2 重写"}
