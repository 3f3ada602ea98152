"""Each company's own tools and our gateway send the same message to the same address: it arrives the same."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from alibabacloud_dysmsapi20170525 import models as aliyun_models
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_openapi.utils import Utils
from darabonba.request import DaraRequest
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models as tencent_models
from tencentcloud.sms.v20210111.sms_client import SmsClient

from bot.channels.gateways.aliyun import Aliyun
from bot.channels.gateways.aliyun_api import AliyunApi
from bot.channels.gateways.aliyun_signing import authorization
from bot.channels.gateways.asking import Key
from bot.channels.gateways.contract import Sought, Text
from bot.channels.gateways.templates import Rules, Template, Templates
from bot.channels.gateways.tencent import Tencent
from bot.channels.gateways.tencent_api import TencentApi
from bot.clock import WoundClock
from tests.bot.channels.companies import KEY_ID, SECRET, Asked, Company, aliyun_company, tencent_company

KEY = Key(KEY_ID, SECRET)
RULES = Rules(60, "")
# All that is written differently in a path, in a form and in JSON.
WORDS = "😀a b*~'\"+&=%/?\\（好）\n回1 对"
# What one kind of library says of itself on every request.
OF_THE_LIBRARY = {
    *("user-agent", "accept-encoding", "connection", "accept", "content-length"),
    *("x-acs-credentials-provider", "x-tc-requestclient", "x-tc-traceid"),
}
AT_REST = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


def templates(place: str) -> Templates:
    return Templates(RULES, {}, default=Template("SMS_100000001", f"提醒：{place}。", 60))


def of_both(asked: Asked) -> Mapping[str, str]:
    return {name: value for name, value in asked.headers.items() if name not in OF_THE_LIBRARY}


def unsigned(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in headers.items() if name != "authorization"}


ALIYUN_ASKS: dict[str, tuple[Callable[[Client], Any], Callable[[Aliyun], Any]]] = {
    "SendSms": (
        lambda sdk: sdk.send_sms(
            aliyun_models.SendSmsRequest(
                phone_numbers="13900139003",
                sign_name="联动",
                template_code="SMS_100000001",
                template_param=json.dumps({"words": WORDS}, ensure_ascii=False),
                out_id="77",
            )
        ),
        lambda ours: ours.send(Text("+8613900139003", f"【联动】{WORDS}", "77")),
    ),
    "SendBatchSms": (
        lambda sdk: sdk.send_batch_sms(
            aliyun_models.SendBatchSmsRequest(
                phone_number_json='["13900139003", "13900139004"]',
                sign_name_json='["联动", "联动"]',
                template_code="SMS_100000001",
                template_param_json=json.dumps([{"words": WORDS}] * 2, ensure_ascii=False),
                out_id="batch:77",
            )
        ),
        lambda ours: ours.send_batch([Text(f"+861390013900{n}", WORDS, f"7{n + 4}") for n in (3, 4)]),
    ),
    "QuerySendDetails": (
        lambda sdk: sdk.query_send_details(
            aliyun_models.QuerySendDetailsRequest(
                biz_id="12^0", phone_number="13900139003", send_date="20261102", page_size=50, current_page=1
            )
        ),
        lambda ours: ours.look_up(Sought("77", "12^0", "+8613900139003", AT_REST)),
    ),
}


@pytest.mark.parametrize("action", ALIYUN_ASKS)
async def test_what_we_ask_of_alibaba_is_what_its_own_client_asks(action: str) -> None:
    by_sdk, by_us = ALIYUN_ASKS[action]
    async with _aliyun().open() as company:
        host = company.url.removeprefix("http://")
        config = Config(access_key_id=KEY_ID, access_key_secret=SECRET, endpoint=host, protocol="http")
        await asyncio.to_thread(by_sdk, Client(config))
        theirs = company.asked[-1]
        clock = WoundClock(datetime.strptime(theirs.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%S%z"))
        api = AliyunApi(KEY, clock, company.url, nonce=lambda: theirs.headers["x-acs-signature-nonce"])
        ours = Aliyun(api, "联动", templates("${words}"), clock)
        await by_us(ours)
        mine = company.asked[-1]
        await ours.close()
    assert (mine.method, mine.path, mine.body) == (theirs.method, theirs.path, theirs.body)
    assert mine.params == theirs.params
    assert unsigned(of_both(mine)) == unsigned(of_both(theirs))
    # Their client signs what it says of itself as well, and so the two signatures differ: but ours is what
    # they make of our request, and theirs is what we make of their request.
    assert mine.headers["authorization"] == _signed_by_the_sdk(mine)
    assert theirs.headers["authorization"] == _signed_by_us(theirs)


def _aliyun() -> Company:
    company = aliyun_company()
    details = {"SmsSendDetailDTOs": {"SmsSendDetailDTO": []}, "TotalCount": "0"}
    for action in ALIYUN_ASKS:
        company.answers[action] = lambda _: {"Code": "OK", "BizId": "1^0", **details}
    return company


def _signed_headers(asked: Asked) -> dict[str, str]:
    named = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0]
    return {name: asked.headers[name] for name in named.split(";")}


def _signed_by_the_sdk(asked: Asked) -> str:
    request = DaraRequest()
    request.method, request.pathname, request.headers = asked.method, asked.path, _signed_headers(asked)
    request.query = _query(asked)
    payload = asked.headers["x-acs-content-sha256"]
    signed: str = Utils.get_authorization(request, "ACS3-HMAC-SHA256", payload, KEY_ID, SECRET)
    return signed


def _signed_by_us(asked: Asked) -> str:
    payload = asked.headers["x-acs-content-sha256"]
    # In whatever order they come.
    query = dict(reversed(_query(asked).items()))
    headers = dict(reversed(_signed_headers(asked).items()))
    return authorization(KEY, asked.method, asked.path, query, headers, payload)


def _query(asked: Asked) -> dict[str, str]:
    return Asked("", "", asked.query, {}, b"", "").params


def _tencent_asks() -> dict[str, tuple[Callable[[SmsClient], Any], Callable[[Tencent], Any]]]:
    send = tencent_models.SendSmsRequest()
    send.PhoneNumberSet, send.SmsSdkAppId = ["+8613900139003"], "1400006666"
    send.TemplateId, send.SignName, send.TemplateParamSet = "SMS_100000001", "联动", [WORDS]
    send.SessionContext = "77"
    batch = tencent_models.SendSmsRequest()
    batch.PhoneNumberSet, batch.SmsSdkAppId = ["+8613900139003", "+8613900139004"], "1400006666"
    batch.TemplateId, batch.SignName, batch.TemplateParamSet = "SMS_100000001", "联动", [WORDS]
    statuses = tencent_models.PullSmsSendStatusRequest()
    statuses.Limit, statuses.SmsSdkAppId = 100, "1400006666"
    of_one = tencent_models.PullSmsSendStatusByPhoneNumberRequest()
    of_one.BeginTime, of_one.Offset, of_one.Limit = int(AT_REST.timestamp()) - 120, 0, 100
    of_one.PhoneNumber, of_one.SmsSdkAppId = "+8613900139003", "1400006666"
    this_hour = tencent_models.SendStatusStatisticsRequest()
    this_hour.BeginTime = this_hour.EndTime = "2026110210"
    this_hour.SmsSdkAppId, this_hour.Limit, this_hour.Offset = "1400006666", 0, 0
    return {
        "SendSms": (
            lambda sdk: sdk.SendSms(send),
            lambda ours: ours.send(Text("+8613900139003", f"【联动】{WORDS}", "77")),
        ),
        "SendSms to two": (
            lambda sdk: sdk.SendSms(batch),
            lambda ours: ours.send_batch([Text(f"+861390013900{n}", WORDS, str(n)) for n in (3, 4)]),
        ),
        "PullSmsSendStatus": (lambda sdk: sdk.PullSmsSendStatus(statuses), _first_of_the_pull),
        "SendStatusStatistics": (
            lambda sdk: sdk.SendStatusStatistics(this_hour),
            lambda ours: ours.what_is_wrong(),
        ),
        "PullSmsSendStatusByPhoneNumber": (
            lambda sdk: sdk.PullSmsSendStatusByPhoneNumber(of_one),
            lambda ours: ours.look_up(Sought("77", "", "+8613900139003", AT_REST)),
        ),
    }


async def _first_of_the_pull(ours: Tencent) -> None:
    async for _ in ours.pull():
        return


@pytest.mark.parametrize("asks", _tencent_asks())
async def test_what_we_ask_of_tencent_is_what_its_own_client_asks(
    asks: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_sdk, by_us = _tencent_asks()[asks]
    # Its client has no other way to be told what time it is.
    monkeypatch.setattr("tencentcloud.common.abstract_client.time.time", lambda: AT_REST.timestamp() + 0.9)
    async with _tencent().open() as company:
        http = HttpProfile(protocol="http", endpoint=company.url.removeprefix("http://"))
        sdk = SmsClient(Credential(KEY_ID, SECRET), "ap-guangzhou", ClientProfile(httpProfile=http))
        await asyncio.to_thread(by_sdk, sdk)
        theirs = company.asked[-1]
        clock = WoundClock(AT_REST)
        api = TencentApi(KEY, clock, company.url)
        ours = Tencent(api, "1400006666", "联动", templates("{1}"), clock)
        await by_us(ours)
        mine = company.asked[-1]
        await ours.close()
        sdk.request.conn._session.close()
    assert (mine.method, mine.path, mine.query, mine.body) == (
        theirs.method,
        theirs.path,
        theirs.query,
        theirs.body,
    )
    # The signature is one of them.
    assert of_both(mine) == of_both(theirs)


def _tencent() -> Company:
    company = tencent_company()
    status = {"PhoneNumber": "+8613900139003", "SerialNo": "2019:1", "Code": "Ok", "SessionContext": "77"}
    one = {"PhoneNumber": "+8613900139003", "SerialNo": "2019:1", "ReportStatus": "SUCCESS"}
    said = {"SendStatusSet": [status], "PullSmsSendStatusSet": [one], "RequestId": "R"}
    actions = ("SendSms", "PullSmsSendStatus", "PullSmsSendStatusByPhoneNumber", "SendStatusStatistics")
    for action in actions:
        company.answers[action] = lambda _: {"Response": said}
    return company
