"""Letters, receipts and answers by Tencent Cloud, which answers as it documents."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

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
from bot.channels.gateways.asking import Key
from bot.channels.gateways.contract import Answer, Brought, Gateway, Push, Sought, Text
from bot.channels.gateways.templates import Template, Templates
from bot.channels.gateways.tencent import RULES, Tencent
from bot.channels.gateways.tencent_api import TencentApi
from bot.clock import WoundClock
from tests.bot.channels.companies import KEY_ID, SECRET, Asked, Company, Says, tencent_company
from tests.bot.channels.peers import http, nobody, peer

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
WANG, LI, ABROAD = "+8613900139001", "+8613900139002", "+85251234567"
LESSON = Template("1400001", "四不要：不刷单；不转钱。", 6)
GREETING = Template("1400002", "{2}，您的{1}已收到。", 6)
DEFAULT = Template("1400003", "党支部提醒您：{1}。", 6)
TEMPLATES = Templates(RULES, {"stop-fraud": LESSON}, [GREETING], DEFAULT)


def text(number: str = WANG, reference: str = "77", words: str = "【联动】明天开会", topic: str = "") -> Text:
    return Text(number, words, reference, topic)


@asynccontextmanager
async def gateway(url: str, now: datetime = NOW) -> AsyncIterator[Tencent]:
    clock = WoundClock(now)
    api = TencentApi(Key(KEY_ID, SECRET), clock, url, patience=1.0)
    one = Tencent(api, "1400006666", "联动", TEMPLATES, clock)
    yield one
    await one.close()


def taken(asked: Asked) -> Says:
    """It takes all, each under a serial number of its own."""
    numbers = asked.said["PhoneNumberSet"]
    return {
        "Response": {
            "SendStatusSet": [
                {
                    "SerialNo": f"2019:{number[-4:]}",
                    "PhoneNumber": number,
                    "Fee": 1,
                    "SessionContext": asked.said.get("SessionContext", ""),
                    "Code": "Ok",
                    "Message": "send success",
                    "IsoCode": "CN",
                }
                for number in reversed(numbers)
            ],
            "RequestId": "R",
        }
    }


def refused(code: str) -> Says:
    return {"Response": {"Error": {"Code": code, "Message": "含有 13900139001"}, "RequestId": "R"}}


@asynccontextmanager
async def both() -> AsyncIterator[tuple[Tencent, Company]]:
    company = tencent_company()
    company.answers["SendSms"] = taken
    async with company.open(), gateway(company.url) as ours:
        yield ours, company


async def test_a_letter_goes_as_the_variable_and_carries_our_id() -> None:
    async with both() as (ours, company):
        assert await ours.send(text()) == Sent("2019:9001")
    assert company.asked[0].said == {
        "PhoneNumberSet": [WANG],
        "SmsSdkAppId": "1400006666",
        "TemplateId": "1400003",
        "SignName": "联动",
        "TemplateParamSet": ["明天开会"],
        "SessionContext": "77",
    }
    assert company.asked[0].headers["x-tc-region"] == "ap-guangzhou"


async def test_values_stand_by_number_and_a_lesson_has_none() -> None:
    async with both() as (ours, company):
        await ours.send(text(words="【联动】老王，您的平安已收到。"))
        await ours.send(text(words="【联动】四不要" + "课" * 60, topic="stop-fraud"))
    of_a_text, of_a_lesson = (asked.said for asked in company.asked)
    assert (of_a_text["TemplateId"], of_a_text["TemplateParamSet"]) == ("1400002", ["平安", "老王"])
    assert of_a_lesson["TemplateId"] == "1400001"
    assert "TemplateParamSet" not in of_a_lesson


async def test_a_batch_is_one_request_with_a_serial_number_for_each() -> None:
    texts = [text(WANG, "1", topic="stop-fraud"), text(LI, "2", topic="stop-fraud")]
    async with both() as (ours, company):
        assert await ours.send_batch(texts) == [Sent("2019:9001"), Sent("2019:9002")]
    [asked] = company.asked
    assert asked.said["PhoneNumberSet"] == [WANG, LI]
    assert "SessionContext" not in asked.said, "it would stand for both"


async def test_in_a_batch_each_hears_how_it_ended() -> None:
    third = "+8613900139003"

    def says(asked: Asked) -> Says:
        said = taken(asked)
        statuses = said["Response"]["SendStatusSet"]
        statuses[0] |= {"Code": "LimitExceeded.PhoneNumberDailyLimit", "SerialNo": ""}
        return {"Response": {"SendStatusSet": [one for one in statuses if one["PhoneNumber"] != LI]}}

    texts = [text(WANG, "1"), text(LI, "2"), text(third, "3"), text(WANG, "4"), text(ABROAD, "5")]
    async with both() as (ours, company):
        company.answers["SendSms"] = lambda asked: (
            says(asked) if len(asked.said["PhoneNumberSet"]) > 1 else taken(asked)
        )
        sent, lost, limited, again, abroad = await ours.send_batch(texts)
    assert (sent, again) == (Sent("2019:9001"), Sent("2019:9001"))
    assert isinstance(lost, OutcomeUnknown)
    assert isinstance(limited, TryLater)
    assert limited.reason == "too_many_to_number:LimitExceeded.PhoneNumberDailyLimit"
    assert isinstance(abroad, MessageRefused)


async def test_one_wrong_number_costs_nobody_else_their_letter() -> None:
    async with both() as (ours, company):
        company.refusals = [(200, refused("InvalidParameterValue.IncorrectPhoneNumber"))]
        outcomes = await ours.send_batch([text(WANG, "1"), text(LI, "2")])
    assert outcomes == [Sent("2019:9001"), Sent("2019:9002")]
    assert [asked.said["PhoneNumberSet"] for asked in company.asked] == [[WANG, LI], [WANG], [LI]]


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        ("InvalidParameterValue.IncorrectPhoneNumber", AddressFailed, "number_malformed"),
        ("FailedOperation.PhoneNumberInBlacklist", AddressFailed, "blacklisted"),
        ("LimitExceeded.PhoneNumberDailyLimit", TryLater, "too_many_to_number"),
        ("LimitExceeded.AppDailyLimit", TryLater, "daily_limit"),
        ("RequestLimitExceeded", TryLater, "too_many"),
        ("FailedOperation.SignatureIncorrectOrUnapproved", TryLater, "signature_wrong"),
        ("FailedOperation.TemplateUnapprovedOrNotExist", TryLater, "template_wrong"),
        ("FailedOperation.InsufficientBalanceInSmsPackage", TryLater, "no_money"),
        ("InvalidParameterValue.TemplateParameterLengthLimit", MessageRefused, "variable_too_long"),
        ("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", MessageRefused, "link_forbidden"),
        ("FailedOperation.ContainSensitiveWord", MessageRefused, "words_forbidden"),
        ("AuthFailure.SecretIdNotFound", TryLater, "gateway_login"),
        ("AuthFailure.SignatureExpire", TryLater, "clock_wrong"),
        ("UnauthorizedOperation.RequestIpNotInWhitelist", TryLater, "ip_not_allowed"),
        ("InternalError.Timeout", OutcomeUnknown, "no_answer"),
        ("Something.New", TryLater, "code_unknown"),
    ],
)
async def test_each_no_is_named_of_the_request_and_of_the_number(
    code: str, kind: type[SendingFailed], reason: str
) -> None:
    async with both() as (ours, company):
        status = {"PhoneNumber": WANG, "SerialNo": "", "Code": code, "Message": "13900139001"}
        company.refusals = [(200, refused(code)), (200, {"Response": {"SendStatusSet": [status]}})]
        for _ in range(2):
            with pytest.raises(SendingFailed) as caught:
                await ours.send(text())
            assert (type(caught.value), caught.value.reason) == (kind, f"{reason}:{code}")


async def test_a_wrong_key_is_told_as_such() -> None:
    company, clock = tencent_company(), WoundClock(NOW)
    async with company.open():
        api = TencentApi(Key(KEY_ID, "another"), clock, company.url)
        ours = Tencent(api, "1400006666", "联动", TEMPLATES, clock)
        assert await ours.what_is_wrong() == "gateway_login:AuthFailure.SignatureFailure"
        await ours.close()


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        (http("200 OK", '{"Response": 1}'), OutcomeUnknown, "answer_unreadable"),
        (http("200 OK", '{"Response": {}}'), OutcomeUnknown, "answer_unreadable"),
        (http("503 Service Unavailable", ""), TryLater, "gateway_busy"),
    ],
)
async def test_what_is_no_answer_of_the_company_is_named(
    says: bytes | None, kind: type[SendingFailed], reason: str
) -> None:
    async with peer(says) as other, gateway(other.url) as ours:
        with pytest.raises(SendingFailed) as caught:
            await ours.send(text())
        outcomes = await ours.send_batch([text(WANG, "1"), text(LI, "2")])
    assert (type(caught.value), caught.value.reason) == (kind, reason)
    assert [type(one) for one in outcomes] == [kind, kind]


def push(kind: Any, said: object, method: str = "POST") -> Push:
    body = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    return Push(kind, method, "https://bot.example.cn/sms/x", "", {}, body)


PUSHED = {
    "user_receive_time": "2026-11-02 18:03:04",
    "nationcode": "86",
    "mobile": "13900139001",
    "report_status": "SUCCESS",
    "errmsg": "DELIVRD",
    "description": "用户短信送达成功",
    "sid": "2019:9001",
}
FETCHED = {
    "UserReceiveTime": 1793613784,
    "CountryCode": "86",
    "SubscriberNumber": "13900139001",
    "PhoneNumber": WANG,
    "SerialNo": "2019:9001",
    "ReportStatus": "FAIL",
    "Description": "MK:0001",
    "SessionContext": "",
}


async def test_pushed_receipts_are_known_by_the_serial_number_and_by_our_id_where_it_comes() -> None:
    failed = PUSHED | {"report_status": "FAIL", "errmsg": "MK:0001", "ext": "77"}
    off = PUSHED | {"report_status": "FAIL", "errmsg": "关机 13900139001"}
    async with gateway(nobody()) as ours:
        brought = ours.read_push(push("receipt", [PUSHED, failed, off, {"sid": "2019:1"}]))
    assert brought.receipts == (
        Receipt("", "delivered", "", "2019:9001", WANG),
        Receipt("77", "failed", "no_such_number:MK:0001", "2019:9001", WANG),
        Receipt("", "failed", "not_delivered", "2019:9001", WANG),
    )


async def test_an_answer_is_the_same_pushed_and_fetched() -> None:
    pushed = {
        "extend": "1",
        "mobile": "13900139001",
        "nationcode": "86",
        "sign": "联动",
        "text": "签到 都好",
        "time": 1793613784,
    }
    fetched = {
        "ExtendCode": "1",
        "CountryCode": "86",
        "PhoneNumber": WANG,
        "SignName": "联动",
        "ReplyContent": "签到 都好",
        "ReplyTime": 1793613784,
        "SubscriberNumber": "13900139001",
    }
    company = tencent_company()
    company.answers |= {
        "PullSmsSendStatus": lambda _: {"Response": {"PullSmsSendStatusSet": [], "RequestId": "R"}},
        "PullSmsReplyStatus": lambda _: {"Response": {"PullSmsReplyStatusSet": [fetched]}},
    }
    async with company.open(), gateway(company.url) as ours:
        [by_pull] = [brought async for brought in ours.pull()]
        by_push = ours.read_push(push("inbound", pushed))
        heard = ours.read_inbound(by_push.inbound[0].payload)
        short = ours.read_push(push("inbound", pushed | {"mobile": "10086"})).inbound[0]
        assert ours.read_inbound(short.payload) is None
    assert by_pull == by_push
    assert heard == Incoming("sms", "", WANG, "text", "签到 都好")


async def test_it_is_fetched_page_by_page_until_there_is_no_more() -> None:
    pages = [[FETCHED] * 100, [FETCHED] * 2]
    company = tencent_company()
    company.answers |= {
        "PullSmsSendStatus": lambda _: {"Response": {"PullSmsSendStatusSet": pages.pop(0)}},
        "PullSmsReplyStatus": lambda _: {"Response": {"PullSmsReplyStatusSet": []}},
    }
    async with company.open(), gateway(company.url) as ours:
        assert [len(brought.receipts) async for brought in ours.pull()] == [100, 2]
    assert company.asked[0].said == {"Limit": 100, "SmsSdkAppId": "1400006666"}


async def test_a_way_that_is_shut_keeps_the_other_open_and_is_told() -> None:
    reply = {"PhoneNumber": WANG, "ReplyContent": "好", "ReplyTime": 1793613784}
    company = tencent_company()
    company.answers |= {
        "PullSmsSendStatus": lambda _: refused("UnauthorizedOperation.RequestPermissionDeny"),
        "PullSmsReplyStatus": lambda _: {"Response": {"PullSmsReplyStatusSet": [reply]}},
    }
    brought: list[Brought] = []
    async with company.open(), gateway(company.url) as ours:
        with pytest.raises(TryLater) as caught:
            async for one in ours.pull():
                brought.append(one)
    assert caught.value.reason.startswith("no_right")
    assert [raw.payload["text"] for one in brought for raw in one.inbound] == ["好"]


async def looked_up(statuses: list[Says], sought: Sought, now: datetime = NOW) -> Receipt | None:
    company = tencent_company()
    company.answers["PullSmsSendStatusByPhoneNumber"] = lambda _: {
        "Response": {"PullSmsSendStatusSet": statuses}
    }
    async with company.open(), gateway(company.url, now) as ours:
        receipt = await ours.look_up(sought)
    for asked in company.asked:
        assert asked.said["PhoneNumber"] == sought.number
        assert asked.said["BeginTime"] == int(sought.sent_at.timestamp()) - 120
    return receipt


async def test_looked_up_it_tells_what_became_of_a_message() -> None:
    known = Sought("77", "2019:9001", WANG, NOW)
    assert await looked_up([FETCHED], known) == Receipt(
        "77", "failed", "no_such_number:MK:0001", "2019:9001", WANG
    )
    unknown = Sought("77", "", WANG, NOW)
    with_ours = FETCHED | {"SessionContext": "77", "ReportStatus": "SUCCESS", "Description": "DELIVRD"}
    assert await looked_up([with_ours], Sought("77", "2019:7", WANG, NOW)) is None, "of another attempt"
    assert await looked_up([FETCHED, with_ours], unknown) == Receipt("77", "delivered", "", "2019:9001", WANG)


async def test_what_it_says_nothing_of_may_still_be_on_its_way() -> None:
    unknown = Sought("77", "", WANG, NOW)
    assert await looked_up([FETCHED], unknown) is None, "somebody's, and nobody says whose"
    assert await looked_up([], unknown) is None
    assert await looked_up([FETCHED], Sought("77", "2019:9001", WANG, NOW - timedelta(days=8))) is None
    async with gateway(nobody()) as ours:
        with pytest.raises(TryLater):
            await ours.look_up(unknown)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[1]", b'"x"', b"[" * 100_000])
async def test_a_push_in_bad_form_is_unreadable(body: bytes) -> None:
    async with gateway(nobody()) as ours:
        for kind in ("inbound", "receipt"):
            with pytest.raises(Unreadable):
                ours.read_push(push(kind, body))


async def test_it_hears_what_it_wants_and_says_what_it_refuses() -> None:
    async with gateway(nobody()) as ours:
        door: Gateway = ours
        assert door.answer_to(push("receipt", [])) == Answer(
            '{"result": 0, "errmsg": "OK"}', "application/json"
        )
        assert (door.is_theirs(push("receipt", [])), door.is_theirs(push("receipt", [], "GET"))) == (
            True,
            False,
        )
        assert door.would_refuse("【联动】明天开会", "") == ""
        assert door.would_refuse("【联动】明天上午开会", "") == ""
        assert door.would_refuse("【联动】明天上午九点开会", "") == "variable_too_long"
        assert ours.as_shown("【联动】明天开会", "") == "【联动】党支部提醒您：明天开会。"
        with pytest.raises(MessageRefused, match="foreign_number"):
            await door.send(text(ABROAD))
