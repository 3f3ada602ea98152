"""Letters through a Twilio that behaves as it documents, and through ones that do not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal

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
from bot.channels.gateways.contract import Gateway, Sought, Text
from bot.channels.gateways.twilio import Twilio
from tests.bot.channels.bad_line import TO, WORDS, assert_it_is
from tests.bot.channels.peers import HANG_UP, SILENCE, http, peer
from tests.bot.channels.twilio_peer import ACCOUNT, NUMBER, PUSHES, TOKEN, TwilioPeer, twilio_up, webhook

SID = "SM" + "0" * 32


@asynccontextmanager
async def twilio(url: str, token: str = TOKEN, sender: str = NUMBER) -> AsyncIterator[Gateway]:
    gateway = Twilio(ACCOUNT, token, sender, PUSHES, url, patience=1.0)
    yield gateway
    await gateway.close()


@pytest.fixture
async def company() -> AsyncIterator[TwilioPeer]:
    async with twilio_up() as one:
        yield one


@pytest.fixture
async def gateway(company: TwilioPeer) -> AsyncIterator[Gateway]:
    async with twilio(company.url) as one:
        yield one


async def test_a_letter_is_taken_and_its_receipts_know_us(company: TwilioPeer, gateway: Gateway) -> None:
    assert await gateway.send(Text(TO, WORDS, "a/77 b")) == Sent(SID)
    (message,) = company.messages
    assert (message["to"], message["body"]) == (TO, WORDS)
    assert company.callbacks == [f"{PUSHES}/receipt?reference=a%2F77+b"]


async def test_a_messaging_service_may_choose_the_number(company: TwilioPeer) -> None:
    async with twilio(company.url, sender="MG" + "1" * 32) as gateway:
        assert await gateway.send(Text(TO, WORDS, "77")) == Sent(SID)


async def test_each_of_several_ends_for_itself(company: TwilioPeer, gateway: Gateway) -> None:
    company.refuses = {TO: 21610}
    stopped, sent = await gateway.send_batch([Text(TO, WORDS, "1"), Text("+447700900123", WORDS, "2")])
    assert isinstance(stopped, AddressFailed)
    assert (stopped.reason, sent) == ("refused_by_person:21610", Sent(SID))


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        (21211, AddressFailed, "number_malformed:21211"),
        (21610, AddressFailed, "refused_by_person:21610"),
        (21614, AddressFailed, "landline:21614"),
        (21612, MessageRefused, "no_route:21612"),
        (21617, MessageRefused, "too_long:21617"),
        (21611, TryLater, "gateway_busy:21611"),
        (21408, TryLater, "no_right:21408"),
        (21606, TryLater, "sender_wrong:21606"),
        (21609, TryLater, "our_address_wrong:21609"),
        (99999, MessageRefused, "message_refused:99999"),
    ],
)
async def test_a_refusal_is_named(
    company: TwilioPeer, gateway: Gateway, code: int, kind: type[SendingFailed], reason: str
) -> None:
    company.refuses = {TO: code}
    with pytest.raises(SendingFailed) as caught:
        await gateway.send(Text(TO, WORDS, "77"))
    assert (type(caught.value), caught.value.reason) == (kind, reason)


async def test_a_wrong_token_or_number_is_ours_to_mend(company: TwilioPeer) -> None:
    async with twilio(company.url, token="forgotten") as gateway:
        with pytest.raises(TryLater, match="gateway_login:20003"):
            await gateway.send(Text(TO, WORDS, "77"))
    async with twilio(company.url, sender="+15005550009") as gateway:
        with pytest.raises(TryLater, match="sender_wrong"):
            await gateway.send(Text(TO, WORDS, "77"))


@pytest.mark.parametrize(
    ("says", "kind", "reason"),
    [
        (http("201 Created", "<html>"), OutcomeUnknown, "answer_unreadable"),
        (http("201 Created", "[]"), OutcomeUnknown, "answer_unreadable"),
        (http("500 Error", '{"code": 20500}'), TryLater, "gateway_busy:20500"),
        (http("429 Too Many Requests", '{"code": 20429}'), TryLater, "too_many:20429"),
        (http("400 Bad Request", "x"), MessageRefused, "message_refused"),
    ],
)
async def test_what_it_says_without_a_message_was_sent_once(
    says: bytes, kind: type[SendingFailed], reason: str
) -> None:
    await assert_it_is(says, twilio, kind, reason)


async def test_too_long_a_letter_is_refused_before_it_is_sent(gateway: Gateway) -> None:
    assert gateway.would_refuse("学" * 1601, "") == "too_long"
    assert gateway.would_refuse("学" * 1600, "") == ""


# What comes.

INBOUND = {"MessageSid": SID, "AccountSid": ACCOUNT, "From": TO, "To": NUMBER, "Body": "签到 都好"}


async def test_what_twilio_signed_is_theirs_whatever_a_proxy_made_of_the_address(gateway: Gateway) -> None:
    assert gateway.is_theirs(webhook("inbound", INBOUND))
    assert gateway.is_theirs(webhook("receipt", {"MessageSid": SID}, "reference=a%2F77+b"))


async def test_what_anybody_else_signed_is_not(gateway: Gateway) -> None:
    right = webhook("inbound", INBOUND)
    assert not gateway.is_theirs(webhook("inbound", INBOUND, token="guessed"))
    assert not gateway.is_theirs(right._replace(headers={}))
    assert not gateway.is_theirs(right._replace(headers={"x-twilio-signature": "é\udcff"}))
    assert not gateway.is_theirs(right._replace(body=right.body + b"&Body=x"))
    assert not gateway.is_theirs(right._replace(kind="receipt"))
    assert not gateway.is_theirs(right._replace(query="reference=78"))
    assert not gateway.is_theirs(right._replace(method="GET"))


async def test_what_grandfather_texts_is_heard_and_not_answered_with_words(gateway: Gateway) -> None:
    push = webhook("inbound", INBOUND)
    (raw,) = gateway.read_push(push).inbound
    assert (raw.channel, raw.external_id) == ("sms", SID)
    assert gateway.read_inbound(raw.payload) == Incoming("sms", SID, TO, "text", "签到 都好")
    answer = gateway.answer_to(push)
    assert (answer.media_type, answer.body.endswith("<Response/>")) == ("text/xml", True)
    assert gateway.read_inbound({"MessageSid": SID, "From": "10086"}) is None


@pytest.mark.parametrize(("word", "door"), [("STOP", "blocked"), ("START", "unblocked")])
async def test_who_writes_stop_to_twilio_has_shut_this_address(
    gateway: Gateway, word: str, door: str
) -> None:
    heard = gateway.read_inbound(INBOUND | {"Body": word, "OptOutType": word})
    assert heard == Incoming("sms", SID, TO, "other", door)
    help_asked = gateway.read_inbound(INBOUND | {"Body": "HELP", "OptOutType": "HELP"})
    assert help_asked and help_asked.kind == "text"


@pytest.mark.parametrize(
    ("status", "code", "outcome", "reason"),
    [
        ("delivered", "", "delivered", ""),
        ("read", "", "delivered", ""),
        ("sent", "", "buffered", ""),
        ("queued", "", "buffered", ""),
        ("undelivered", "30003", "failed", "out_of_reach:30003"),
        ("undelivered", "30004", "failed", "blacklisted:30004"),
        ("undelivered", "30005", "failed", "no_such_number:30005"),
        ("undelivered", "30006", "failed", "landline:30006"),
        ("undelivered", "30007", "failed", "words_forbidden:30007"),
        ("undelivered", "30008", "failed", "not_delivered:30008"),
        ("failed", "30001", "failed", "gateway_busy:30001"),
        ("failed", "", "failed", "not_delivered"),
    ],
)
async def test_a_receipt_means_what_twilio_says(
    gateway: Gateway, status: str, code: str, outcome: Literal["delivered", "failed", "buffered"], reason: str
) -> None:
    form = {"MessageSid": SID, "MessageStatus": status, "To": TO, "ErrorCode": code}
    brought = gateway.read_push(webhook("receipt", form, "reference=a%2F77+b"))
    assert brought.receipts == (Receipt("a/77 b", outcome, reason, SID, TO),)


async def test_a_push_in_bad_form_is_unreadable(gateway: Gateway) -> None:
    push = webhook("inbound", INBOUND)
    for body in (b"", b"\xff\xfe", b"{}", b"MessageSid=x"):
        for kind in ("inbound", "receipt"):
            with pytest.raises(Unreadable):
                gateway.read_push(push._replace(kind=kind, body=body))
    form = {"MessageSid": SID, "MessageStatus": "huh"}
    with pytest.raises(Unreadable):
        gateway.read_push(webhook("receipt", form))
    with pytest.raises(Unreadable):
        gateway.read_inbound({"From": TO})


# What became of it.


def sought(company: TwilioPeer, provider_id: str = "", words: str = "") -> Sought:
    return Sought("77", provider_id, TO, company.at, words)


async def test_a_message_is_looked_up_by_its_id(company: TwilioPeer, gateway: Gateway) -> None:
    company.add(TO, WORDS, "undelivered")["error_code"] = 30005
    seen = await gateway.look_up(sought(company, SID))
    assert seen == Receipt("77", "failed", "no_such_number:30005", SID, TO)
    assert await gateway.look_up(sought(company, "SM" + "9" * 32)) is None


async def test_without_an_id_it_is_the_one_to_this_number_at_that_time(
    company: TwilioPeer, gateway: Gateway
) -> None:
    asked = sought(company)
    company.at -= timedelta(hours=1)
    company.add(TO, "an older one", "delivered")
    company.at += timedelta(hours=1, seconds=20)
    company.add("+8613900139004", WORDS, "delivered")
    assert await gateway.look_up(asked) == Receipt("77", "never_taken", number=TO)
    sid = company.add(TO, WORDS, "sent")["sid"]
    assert await gateway.look_up(asked) == Receipt("77", "buffered", "", sid, TO)


async def test_of_two_at_that_time_the_words_tell_and_without_them_nobody(
    company: TwilioPeer, gateway: Gateway
) -> None:
    company.add(TO, "another", "delivered")
    sid = company.add(TO, WORDS, "delivered")["sid"]
    assert await gateway.look_up(sought(company)) is None
    assert await gateway.look_up(sought(company, words=WORDS)) == Receipt("77", "delivered", "", sid, TO)
    assert await gateway.look_up(sought(company, words="neither")) is None


async def test_a_long_list_is_believed_as_far_back_as_it_reaches(
    company: TwilioPeer, gateway: Gateway
) -> None:
    asked = sought(company)
    company.at += timedelta(hours=1)
    for _ in range(60):
        company.add(TO, WORDS, "delivered")
    assert await gateway.look_up(asked) is None, "fifty, all of a later hour: ours may stand behind them"
    company.messages.clear()
    company.at -= timedelta(hours=2)
    for _ in range(60):
        company.add(TO, WORDS, "delivered")
    assert await gateway.look_up(asked) == Receipt("77", "never_taken", number=TO)


@pytest.mark.parametrize("says", [HANG_UP, SILENCE, http("500 Error", "")])
async def test_where_it_cannot_be_asked_it_says_so(says: bytes | None) -> None:
    async with peer(says) as other, twilio(other.url) as gateway:
        for provider_id in ("", SID):
            with pytest.raises(OutcomeUnknown):
                await gateway.look_up(Sought("77", provider_id, TO, datetime.now(UTC)))


async def test_an_answer_without_a_message_in_it_says_nothing() -> None:
    async with peer(http("200 OK", "{}")) as other, twilio(other.url) as gateway:
        for provider_id in ("", SID):
            assert await gateway.look_up(Sought("77", provider_id, TO, datetime.now(UTC))) is None


async def test_nothing_waits_with_it(gateway: Gateway) -> None:
    assert [page async for page in gateway.pull()] == []
