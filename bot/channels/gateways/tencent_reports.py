"""What Tencent Cloud says became of messages, at once and later, and what people answered.

Pushed to our door and fetched by us, it is the same under other names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.channels.contract import OutcomeUnknown, Receipt, Sent
from bot.channels.gateways.asking import Said, code_in, refusal
from bot.channels.gateways.at_once import Outcome
from bot.channels.gateways.contract import Sought, Text
from bot.channels.gateways.pushed import Item, kept_text, word
from content.rules.phones import as_e164
from content.rules.receipts import word_for
from storage.inbox import Raw


def pushed_text(item: Item) -> Raw:
    return kept_text(_number(item, "nationcode", "mobile"), word(item, "text"), word(item, "time"))


def pushed_receipt(item: Item) -> Receipt | None:
    number = as_e164(_number(item, "nationcode", "mobile")) or ""
    known_by = (word(item, "ext"), word(item, "sid"))
    return _receipt(known_by, word(item, "report_status"), item.get("errmsg"), number)


def fetched_text(item: Item) -> Raw:
    return kept_text(word(item, "PhoneNumber"), word(item, "ReplyContent"), word(item, "ReplyTime"))


def fetched_receipt(item: Item) -> Receipt | None:
    known_by = (word(item, "SessionContext"), word(item, "SerialNo"))
    return _receipt(known_by, word(item, "ReportStatus"), item.get("Description"), word(item, "PhoneNumber"))


def items_of(said: Said, name: str) -> Sequence[Item]:
    items = said.get(name)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def outcomes(said: Said, texts: Sequence[Text]) -> list[Outcome]:
    """Of each number, what the company said when it was asked to send."""
    by_number = {word(item, "PhoneNumber"): item for item in items_of(said, "SendStatusSet")}
    return [_outcome(by_number.get(text.number)) for text in texts]


def found(receipts: Iterable[Receipt], sought: Sought) -> Receipt | None:
    """What became of it. None says nothing: the company tells of none before an operator has."""
    for receipt in receipts:
        if sought.provider_id and receipt.provider_id == sought.provider_id:
            return replace(receipt, reference=sought.reference)
        if not sought.provider_id and receipt.reference == sought.reference:
            return receipt
    return None


def _outcome(status: Item | None) -> Outcome:
    if status is None:
        return OutcomeUnknown("answer_unreadable")
    code = word(status, "Code")
    return Sent(word(status, "SerialNo")) if code == "Ok" else refusal("tencent", code)


def _receipt(known_by: tuple[str, str], status: str, said: object, number: str) -> Receipt | None:
    """One without an id, or that does not say how it ended, is none."""
    reference, serial = known_by
    if not (reference or serial) or status not in ("SUCCESS", "FAIL"):
        return None
    if status == "SUCCESS":
        return Receipt(reference, "delivered", "", serial, number)
    reason = word_for("tencent", code_in(said), "not_delivered")
    return Receipt(reference, "failed", reason, serial, number)


def _number(item: Mapping[str, object], country: str, number: str) -> str:
    """As +86139…; an operator's short code stays what it is."""
    of_country, rest = word(item, country), word(item, number)
    return f"+{of_country}{rest}" if of_country and not rest.startswith("+") else rest
