"""Whatever is brought, a gateway reads it or says that it cannot: anything else comes back for ever."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bot.channels.contract import SendingFailed, Sent, Unreadable
from bot.channels.gateways.asking import said_in
from bot.channels.gateways.contract import Gateway, Push
from bot.channels.gateways.plain_http import PlainHttp
from bot.channels.gateways.plain_http_answers import taken_as as taken_by_plain_http
from bot.channels.gateways.plain_http_reading import company_in
from bot.channels.gateways.twilio import Twilio
from bot.channels.gateways.twilio_answers import refusal
from bot.channels.gateways.yunmas import Yunmas
from bot.channels.gateways.yunmas_answers import taken_as as taken_by_yunmas
from bot.clock import WoundClock
from tests.bot.channels.test_plain_http import example

_NAMES = ["mobile", "msgGroup", "reportStatus", "errorCode", "smsContent", "reports", "messages", "id", "to"]
_NAMES += [
    "state",
    "from",
    "text",
    "client_id",
    "rspcod",
    "success",
    "status",
    "data",
    "error",
    "code",
    "sid",
]
_WORDS = [
    "13900139003",
    "DELIVRD",
    "delivered",
    "MK:0001",
    "success",
    "accepted",
    "签到",
    "\ud83d",
    "",
    "1,2",
]
_LEAVES = some.none() | some.booleans() | some.integers() | some.floats() | some.sampled_from(_WORDS)
_ANYTHING = some.recursive(
    _LEAVES,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.sampled_from(_NAMES), inner),
    max_leaves=12,
)
_FIELDS = ["msgid", "mobile", "stat", "msg", "time", "MessageSid", "From", "MessageStatus", "ErrorCode"]
_BODIES = (
    some.binary(max_size=60)
    | _ANYTHING.map(lambda said: json.dumps(said).encode())
    | some.dictionaries(some.sampled_from(_FIELDS), some.text(max_size=8)).map(
        lambda form: urlencode(form, errors="replace").encode()
    )
)
_KINDS = some.sampled_from(["inbound", "receipt"])


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Gateway]]:
    def described(number: int) -> Gateway:
        path: Path = tmp_path_factory.mktemp("company") / "sms.toml"
        path.write_text(example(number, "http://127.0.0.1:1"), "utf-8")
        clock = WoundClock(datetime(2026, 11, 23, tzinfo=UTC))
        return PlainHttp(company_in(path), "a", "s", "", clock, ZoneInfo("Asia/Shanghai"))

    yield [
        described(1),
        described(2),
        Twilio("AC", "token", "+15005550006", "https://x.cn", "http://127.0.0.1:1"),
        Yunmas("http://127.0.0.1:1", "c", "a", "p", "s"),
    ]


@settings(max_examples=300, deadline=None)
@given(kind=_KINDS, body=_BODIES, query=_BODIES)
def test_what_is_brought_is_read_or_unreadable(
    companies: list[Gateway], kind: Literal["inbound", "receipt"], body: bytes, query: bytes
) -> None:
    push = Push(kind, "POST", "https://x.cn/y", query.decode("ascii", "replace"), {}, body)
    for gateway in companies:
        gateway.is_theirs(push)
        try:
            brought = gateway.read_push(push)
        except Unreadable:
            continue
        assert not brought.inbound if kind == "receipt" else not brought.receipts
        for receipt in brought.receipts:
            assert receipt.reference or receipt.provider_id
            assert fits_the_outbox(receipt.reason)
        for raw in brought.inbound:
            try:
                gateway.read_inbound(raw.payload)
            except Unreadable:
                continue


@settings(max_examples=200, deadline=None)
@given(status=some.sampled_from([200, 201, 301, 400, 401, 404, 429, 500, 503]), said=_ANYTHING, raw=_BODIES)
def test_what_is_answered_is_an_outcome(companies: list[Gateway], status: int, said: Any, raw: bytes) -> None:
    for content in (json.dumps(said).encode(), raw):
        answer = httpx.Response(status, content=content)
        described = [one._company.answer for one in companies if isinstance(one, PlainHttp)]
        assert fits_the_outbox(refusal(answer, said_in(answer)).reason)
        takes: list[Callable[[httpx.Response], Sent]] = [taken_by_yunmas]
        takes += [partial(taken_by_plain_http, one) for one in described]
        for take in takes:
            try:
                take(answer)
            except SendingFailed as failure:
                assert fits_the_outbox(failure.reason)


def fits_the_outbox(reason: str) -> bool:
    """And the log: nobody's words, nobody's number."""
    return reason.isascii() and len(reason) < 80 and "13900139003" not in reason
