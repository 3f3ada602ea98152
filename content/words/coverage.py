"""The figures of a lesson in words. (S5)"""

from __future__ import annotations

from content.rules.coverage import Coverage
from content.words.catalogue import Tongue


def tally(t: Tongue, found: Coverage) -> str:
    """One line, which is also one text message."""
    return t.say(
        "共 {all} 人：发出 {sent}，送达 {delivered}，已答 {answered}（答对 {right}），"
        "还没答 {not_yet}，发不到 {failed}。",
        all=found.all,
        sent=found.sent,
        delivered=found.delivered,
        answered=found.answered,
        right=found.right,
        not_yet=found.not_yet,
        failed=found.failed,
    )
