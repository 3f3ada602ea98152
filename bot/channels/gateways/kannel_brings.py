"""What Kannel brings: receipts, and the words of people in whatever charset their phone wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from bot.channels.contract import Receipt, Unreadable
from content.rules.receipts import word_for

Ended = Literal["delivered", "failed", "buffered"]
# Bits of a receipt, `%d`. 8 is the centre's "taken", 32 one of its word in between.
DELIVERED, FAILED, REJECTED = 1, 2, 16
_OUTCOMES: dict[int, Ended] = {
    1: "delivered",
    2: "failed",
    4: "buffered",
    8: "buffered",
    16: "failed",
    32: "buffered",
}
# Of a receipt's own text, `%A`: SMPP 3.4, Appendix B. Operators in China put CMPP's word into `stat`.
_STATE = re.compile(r"\bstat:([A-Za-z0-9:_-]{1,12})")
_ERROR = re.compile(r"\berr:(\w{1,6})")
_REFUSAL = re.compile(r"^(NACK/0x[0-9a-f]{8})")
_NO_WORD = "UNDELIV"


def receipt_in(params: Mapping[str, str]) -> Receipt:
    reference, status = params.get("reference", ""), params.get("status", "")
    if not reference or not status.isdecimal() or int(status) not in _OUTCOMES:
        raise Unreadable("receipt")
    outcome = _OUTCOMES[int(status)]
    why = _why(int(status), params.get("answer", "")) if outcome == "failed" else ""
    return Receipt(reference, outcome, why)


def words_in(params: Mapping[str, str]) -> str:
    """With `mo-recode` Kannel brings UTF-8, but windows-1252 where that is enough; without it, UTF-16."""
    raw = params.get("text", "").encode("utf-8", "surrogateescape")
    charset = params.get("charset", "").lower()
    if charset.startswith(("utf-16", "ucs")) or (not charset and params.get("coding") == "2"):
        return raw.decode("utf-16-be", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("windows-1252", "replace")


def _why(status: int, answer: str) -> str:
    """The operator's word for the end (`stat`, such as MK:0001) where it says more than that it failed.

    Else its `err`, a number that means something else with each operator, or how it refused to take it.
    """
    told = [found[1] for form in (_STATE, _ERROR, _REFUSAL) if (found := form.search(answer))]
    word = next((one for one in told if one != _NO_WORD and one.strip("0")), "")
    return word_for("kannel", word, "message_refused" if status == REJECTED else "not_delivered")
