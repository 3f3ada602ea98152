"""A question put to a company over HTTP: what it says, or which failure its "no" or its silence is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx

from bot.channels.contract import AddressFailed, MessageRefused, OutcomeUnknown, SendingFailed, TryLater
from bot.channels.wire import never_left, wait_asked_for
from content.rules.receipts import Then, meaning_of, word_for

Said = Mapping[str, Any]

# What follows from our word for it says which failure it is.
_KINDS: Mapping[Then, type[SendingFailed]] = {
    "suspend": AddressFailed,
    # This message has to take another door; the address may be sound.
    "next": MessageRefused,
    "message": MessageRefused,
    "nothing": MessageRefused,
    "later": TryLater,
    # What is for us to mend is sound: it goes out once somebody has mended it.
    "ours": TryLater,
    "unclear": OutcomeUnknown,
}
# Statuses that speak of us, or of the moment, and never of the message.
_BY_STATUS = {
    401: "gateway_login",
    403: "gateway_login",
    404: "gateway_address",
    405: "gateway_address",
    407: "proxy_login",
    408: "gateway_busy",
    425: "gateway_busy",
    429: "too_many",
    503: "gateway_busy",
}
# What a company's code may not hold, since it stands in our log: words of people, or a number.
_NO_CODE = re.compile(r"[^A-Za-z0-9_:.-]|\d{7,}")
_LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class Key:
    """By which a company knows us; the secret signs and never travels."""

    id: str
    secret: str = field(repr=False)


async def ask(http: httpx.AsyncClient, url: str, headers: Mapping[str, str], body: bytes) -> Said:
    """What an interface says that speaks JSON, a "no" included. Raises what it is where another spoke."""
    try:
        answer = await http.post(url, headers=headers, content=body)
    except httpx.HTTPError as error:
        raise no_answer(error) from error
    said = said_in(answer)
    if said and answer.status_code < 500 and answer.status_code != httpx.codes.TOO_MANY_REQUESTS:
        return said
    failure = by_status(answer)
    # It refuses in JSON: a bare "no" is a proxy's on the way, or of a wrong address.
    raise failure_for("gateway_address") if isinstance(failure, MessageRefused) else failure


def said_in(answer: httpx.Response) -> dict[str, Any]:
    """The fields of an answer in JSON; empty where it is none."""
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def refusal(company: str, code: object) -> SendingFailed:
    """What follows from a company's code for "no": by the table of receipts. Nothing was sent.

    Of a code that stands in no table it says nothing against the letters: there may be thousands of them in
    the request, and they wait until somebody knows what it means.
    """
    return failure_for(word_for(company, code_in(code), "code_unknown"))


def failure_for(reason: str, after: timedelta | None = None) -> SendingFailed:
    """What a word of the table of receipts is at the moment of sending; `after` as in TryLater."""
    kind = _KINDS[meaning_of(reason).then]
    return TryLater(reason, after) if kind is TryLater else kind(reason)


def no_answer(error: httpx.HTTPError) -> SendingFailed:
    return TryLater("not_connected") if never_left(error) else OutcomeUnknown("no_answer")


def by_status(answer: httpx.Response) -> SendingFailed:
    """What its bare status says, where its body says nothing that we know.

    A 500 or a 502 may come from behind the place where the message was taken: nobody sends it again unasked.
    """
    status = answer.status_code
    if word := _BY_STATUS.get(status):
        return failure_for(word, wait_asked_for(answer))
    if status >= 500:
        return OutcomeUnknown("no_answer")
    if status >= 400:
        return MessageRefused("message_refused")
    # Sent elsewhere, as from http to https, it was taken by nobody.
    return failure_for("gateway_address") if status >= 300 else OutcomeUnknown("answer_unreadable")


def code_in(said: object) -> str:
    """A company's code without what is none; empty where nothing of it is left."""
    return _NO_CODE.sub("", str(said or ""))[:_LONGEST_CODE]
