"""同意, 退回 时间不对, 撤回: what is said of what waits for a second person."""

from __future__ import annotations

import re

_AGREED = re.compile(
    r"(?:我|都|就)*(?:同意|批准|准发|可以发|approve|agreed?)(?:发送?|发出)?(?:了|吧)*[!！。.]*", re.I
)
_RETURNED = re.compile(
    r"(?:我)?(?:退回|驳回|打回|不同意|不批准|不能发)(?:去|给他|重写)?(?:了|吧)?(?:[\s,，。.:：;；]+(?P<why>.*))?",
    re.S,
)
_TAKEN_BACK = re.compile(
    r"(?:我要|请|帮我)*(?:撤回|撤销|收回)(?:来|去|这条|通知|刚才的|上一[个条件])?(?:了|吧)*[!！。.]*"
)
_IN_ENGLISH = ("undo", "take back")


def is_agreed(text: str) -> bool:
    return bool(_AGREED.fullmatch(text.strip()))


def reason_in(text: str) -> str | None:
    """Why it is sent back, empty where that was not said; None where it is not."""
    said = _RETURNED.fullmatch(text.strip())
    return (said["why"] or "").strip() if said else None


def is_taken_back(text: str) -> bool:
    return bool(_TAKEN_BACK.fullmatch(text.strip())) or text.strip().lower() in _IN_ENGLISH
