"""What a plain HTTP company says, as its file describes it: its answers, receipts, and texts."""

from __future__ import annotations

import re
from typing import Any

import httpx

from bot.channels.contract import OutcomeUnknown, Receipt, Sent
from bot.channels.gateways.asking import by_status, code_in, failure_for
from bot.channels.gateways.plain_http_body import said_in, value_at
from bot.channels.gateways.plain_http_file import Inbound, Receipts, Said
from bot.channels.wire import wait_asked_for
from content.rules.phones import as_e164
from storage.inbox import Raw


def taken_as(described: Said, answer: httpx.Response) -> Sent:
    """Under which id it was taken, empty where they name none; else raises what became of it."""
    try:
        said = said_in(described, answer)
    except (ValueError, RecursionError):
        raise by_status(answer) from None
    value = value_at(said, described.field) if described.field else answer.text.strip()
    as_agreed = answer.status_code in described.status
    if as_agreed and (value in described.is_ or (described.matches and re.search(described.matches, value))):
        return Sent(_picked(said, answer.text, described.id, described.id_matches))
    if as_agreed and not value:
        raise OutcomeUnknown("answer_unreadable")
    code = _picked(said, answer.text, described.code, described.code_matches)
    if as_agreed and not code and described.code_matches:
        # Somebody else's page, behind a "yes": whether it was taken, nobody said.
        raise OutcomeUnknown("answer_unreadable")
    code = code or value
    if word := described.codes.get(code):
        raise failure_for(_reason(word, code), wait_asked_for(answer))
    if not as_agreed:
        raise by_status(answer)
    raise failure_for(_reason(described.codes.get("*", "message_refused"), code))


def receipt_in(described: Receipts, row: Any, by_id: bool) -> Receipt | None:
    """None where it does not say of what. `by_id`: of a batch the reference is that of the first alone."""
    status, provider_id = value_at(row, described.status), value_at(row, described.id)
    reference = "" if by_id else value_at(row, described.reference)
    number = as_e164(value_at(row, described.number)) or ""
    if not status or not (provider_id and number if by_id else reference or provider_id):
        return None
    if status in described.delivered:
        return Receipt(reference, "delivered", "", provider_id, number)
    if status in described.waiting:
        return Receipt(reference, "buffered", "", provider_id, number)
    code = value_at(row, described.code) or status
    word = described.codes.get(code) or described.codes.get("*") or "not_delivered"
    return Receipt(reference, "failed", _reason(word, code), provider_id, number)


def text_in(described: Inbound, row: Any) -> Raw:
    """Kept even where it names nobody: the inbox sets aside what it cannot read."""
    given = value_at(row, described.id)
    told = {"from": described.number, "text": described.text, "ts": described.time}
    payload = {name: value_at(row, path) for name, path in told.items()}
    return Raw("sms", given, payload | ({"id": given} if given else {}))


def _picked(said: Any, whole: str, path: str, pattern: str) -> str:
    if path:
        return value_at(said, path)
    found = re.search(pattern, whole) if pattern else None
    return (found[1] or "") if found else ""


def _reason(word: str, code: str) -> str:
    kept = code_in(code)
    return f"{word}:{kept}" if kept else word
