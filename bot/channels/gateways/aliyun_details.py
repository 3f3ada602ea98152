"""QuerySendDetails: what Alibaba Cloud says became of a message to one number, looked up by the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

from bot.channels.contract import Receipt
from bot.channels.gateways.asking import Said, code_in
from bot.channels.gateways.contract import Sought
from content.rules.receipts import word_for

# Of a batch the company keeps no id that is ours: there our message is the one to this number that left
# when ours did.
BATCH = "batch:"
_BEFORE, _AFTER = timedelta(minutes=2), timedelta(minutes=10)
# So long after a request its row may still be on the way into the company's books.
_SETTLED = timedelta(minutes=5)
_BEIJING = timezone(timedelta(hours=8))
_OUTCOMES: Mapping[str, Literal["buffered", "failed", "delivered"]] = {
    "1": "buffered",
    "2": "failed",
    "3": "delivered",
}

Row = Mapping[str, Any]


def days_of(sought: Sought) -> list[str]:
    """The days on which it may stand, as the company writes them: two about midnight."""
    moments = (sought.sent_at - _BEFORE, sought.sent_at, sought.sent_at + _AFTER)
    return list(dict.fromkeys(moment.astimezone(_BEIJING).strftime("%Y%m%d") for moment in moments))


def rows_of(said: Said) -> Sequence[Row]:
    details = said.get("SmsSendDetailDTOs")
    rows = details.get("SmsSendDetailDTO") if isinstance(details, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def found(rows: Sequence[Row], sought: Sought, now: datetime) -> Receipt | None:
    """What became of it; `never_taken` once the company's books are settled and do not know it."""
    candidates = _candidates(rows, sought)
    ours = [row for row in candidates if sought.provider_id or _says_our_words(row, sought)]
    if len(ours) == 1:
        return _receipt(ours[0], sought)
    # Its words may be shown in another way than we think: what went to the number then may be ours.
    if candidates or sought.provider_id or now - sought.sent_at < _SETTLED:
        return None
    return Receipt(sought.reference, "never_taken", number=sought.number)


def _candidates(rows: Sequence[Row], sought: Sought) -> Sequence[Row]:
    if sought.provider_id:
        return rows
    by_id = [row for row in rows if row.get("OutId") == sought.reference]
    # Sent again, it stands there twice: one that arrived is enough.
    by_id = sorted(by_id, key=lambda row: str(row.get("SendStatus")))[-1:]
    return by_id or [row for row in rows if _may_be_of_our_batch(row, sought)]


def _says_our_words(row: Row, sought: Sought) -> bool:
    if not _is_of_a_batch(row) or not sought.words:
        return True
    shown = row.get("Content")
    return not shown or "".join(str(shown).split()) == "".join(sought.words.split())


def _is_of_a_batch(row: Row) -> bool:
    return str(row.get("OutId", "")).startswith(BATCH)


def _may_be_of_our_batch(row: Row, sought: Sought) -> bool:
    if not _is_of_a_batch(row):
        return False
    try:
        left = datetime.strptime(str(row.get("SendDate")), "%Y-%m-%d %H:%M:%S").replace(tzinfo=_BEIJING)
    except ValueError:
        return False
    return sought.sent_at - _BEFORE <= left <= sought.sent_at + _AFTER


def _receipt(row: Row, sought: Sought) -> Receipt | None:
    outcome = _OUTCOMES.get(str(row.get("SendStatus")))
    if outcome is None:
        return None
    failed = outcome == "failed"
    reason = word_for("aliyun", code_in(row.get("ErrCode")), "not_delivered") if failed else ""
    # The receipts of a batch bring an id of the company's that is not shown here, and none of ours.
    is_named = outcome != "buffered" or bool(sought.provider_id) or not _is_of_a_batch(row)
    return Receipt(sought.reference if is_named else "", outcome, reason, sought.provider_id, sought.number)
