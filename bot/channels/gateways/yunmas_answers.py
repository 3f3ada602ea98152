"""What China Mobile's 云MAS says: its answers, its receipts, and what people text to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from bot.channels.contract import MessageRefused, OutcomeUnknown, Receipt, SendingFailed, Sent, Unreadable
from bot.channels.gateways import pushed
from bot.channels.gateways.asking import by_status, code_in, failure_for, refusal
from bot.channels.gateways.contract import Brought
from content.rules.phones import as_e164
from content.rules.receipts import word_for
from storage.inbox import Raw

_DELIVERED = "DELIVRD"
_OF_A_TEXT = ("mobile", "smsContent", "sendTime", "addSerial")


def taken_as(answer: httpx.Response) -> Sent:
    """Under which id it was taken; else raises what became of it."""
    if answer.status_code != httpx.codes.OK:
        raise _by_status(answer)
    try:
        said = answer.json()
        code, group = code_in(said.get("rspcod")), str(said.get("msgGroup") or "")
    except (ValueError, RecursionError, AttributeError):
        raise OutcomeUnknown("answer_unreadable") from None
    if said.get("success") is True and group:
        return Sent(group)
    if said.get("success") is not False or not code:
        raise OutcomeUnknown("answer_unreadable")
    raise refusal("yunmas", code)


def _by_status(answer: httpx.Response) -> SendingFailed:
    """云MAS refuses in JSON: a bare "no" is said of the request, not of the thousands of letters in it."""
    failure = by_status(answer)
    is_bare = isinstance(failure, MessageRefused)
    return failure_for(f"code_unknown:HTTP{answer.status_code}") if is_bare else failure


def page_of(kind: str, answer: httpx.Response) -> Brought:
    """What waited with it; a SendingFailed where it hands nothing out, or else Unreadable."""
    if not answer.is_success:
        raise by_status(answer)
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        raise Unreadable(kind) from None
    if isinstance(said, dict) and said.get("rspcod"):
        raise refusal("yunmas", said["rspcod"])
    return brought_by(kind, said or [])


def brought_by(kind: str, said: Any) -> Brought:
    """All that a push or a page holds, one or several."""
    brought = pushed.brought_by(kind, said, _text, lambda one: list(_receipts(one)))
    if brought.inbound and not any(raw.payload.get("from") for raw in brought.inbound):
        raise Unreadable(kind)
    return brought


def _text(said: Mapping[str, Any]) -> Raw:
    """云MAS gives it no id. Kept even where it names nobody: the inbox sets aside what it cannot read."""
    number, words, at, to = (str(said.get(name) or "") for name in _OF_A_TEXT)
    return Raw("sms", "", {"from": number, "text": words, "ts": at, "to": to})


def _receipts(said: Mapping[str, Any]) -> Iterator[Receipt]:
    """One for each number that it tells of, which mostly is one; none where it does not say of what."""
    group = str(said.get("msgGroup") or "")
    status, code = code_in(said.get("reportStatus")), code_in(said.get("errorCode"))
    if not group or not (status or code):
        return
    told = said.get("mobile")
    reason = "" if status == _DELIVERED else _reason(status, code)
    for written in told if isinstance(told, list) else str(told or "").split(","):
        if number := as_e164(str(written)):
            yield Receipt("", "failed" if reason else "delivered", reason, group, number)


def _reason(status: str, code: str) -> str:
    """The operator's code says more than the state; where we know neither, it is kept."""
    for said in filter(None, (code, status)):
        if not (word := word_for("yunmas", said, "")).startswith(":"):
            return word
    return word_for("yunmas", code or status, "not_delivered")
