"""What Twilio says: its answers, its receipts, and its list of what it took."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.channels.contract import MessageRefused, OutcomeUnknown, Receipt, SendingFailed
from bot.channels.gateways.asking import by_status, code_in, failure_for
from bot.channels.gateways.contract import Sought
from bot.channels.wire import wait_asked_for
from content.rules.phones import as_e164
from content.rules.receipts import word_for

OUTCOMES: Mapping[str, Any] = {
    **dict.fromkeys(("delivered", "read"), "delivered"),
    **dict.fromkeys(("failed", "undelivered", "canceled"), "failed"),
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), "buffered"),
}
# How far its clock and ours may be apart, and how long a request may have been under way.
_APART = timedelta(minutes=5)
PAGE = 50


def refusal(answer: httpx.Response, said: Mapping[str, Any]) -> SendingFailed:
    if answer.is_success:
        return OutcomeUnknown("answer_unreadable")
    code = code_in(said.get("code"))
    word = word_for("twilio", code, "")
    if code and not word.startswith(":"):
        return failure_for(word, wait_asked_for(answer))
    failure = by_status(answer)
    return MessageRefused(f"{failure.reason}:{code}") if code and type(failure) is MessageRefused else failure


def receipt_of(reference: str, status: str, code: str, form: Mapping[str, str]) -> Receipt:
    outcome = OUTCOMES[status]
    reason = word_for("twilio", code_in(code), "not_delivered") if outcome == "failed" else ""
    return Receipt(reference, outcome, reason, form.get("MessageSid", ""), as_e164(form.get("To", "")) or "")


def found(sought: Sought, said: Mapping[str, Any]) -> Receipt | None:
    status, code = str(said.get("status") or ""), str(said.get("error_code") or "")
    if status not in OUTCOMES:
        return None
    form = {"MessageSid": str(said.get("sid") or sought.provider_id), "To": sought.number}
    return receipt_of(sought.reference, status, code, form)


def the_one(sought: Sought, listed: Any) -> Receipt | None:
    """Of the messages to its number, newest first: Twilio keeps no word of ours with them.

    It is the one of about that time, and of its words where they are at hand.
    """
    if not isinstance(listed, list):
        return None
    made = [(_made_at(one), one) for one in listed if isinstance(one, dict)]
    near = [one for at, one in made if at and abs(at - sought.sent_at) <= _APART]
    if near:
        ours = [one for one in near if not sought.words or one.get("body") == sought.words]
        return found(sought, ours[0]) if len(ours) == 1 else None
    reaches_back = len(listed) < PAGE or any(at and at < sought.sent_at for at, _ in made)
    return Receipt(sought.reference, "never_taken", number=sought.number) if reaches_back else None


def _made_at(message: Mapping[str, Any]) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message.get("date_created")))
    except (ValueError, TypeError):
        return None
