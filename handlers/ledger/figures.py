"""The second sheet: the figures of each unit in the ledger, and their sum."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.rules.six_clear import unclear
from storage.ledger import Entry

LABELS = ("党组织", "总人数", "在外", "已返乡", "按时联系", "快到期", "迟了", "失联", "六清齐全")
_STANDINGS = ("fresh", "due", "late", "silent")


def figures(entries: Sequence[Entry], now: datetime) -> list[tuple[str, list[int]]]:
    """(unit, its figures in the order of LABELS), the sum last."""
    by_unit: dict[tuple[str, str], list[int]] = {}
    total = [0] * (len(LABELS) - 1)
    for entry in entries:
        counted = _counted(entry, now)
        unit = by_unit.setdefault((entry.member.unit_path, entry.member.unit), [0] * len(counted))
        for at, n in enumerate(counted):
            unit[at] += n
            total[at] += n
    return [*((name, row) for (_, name), row in by_unit.items()), ("合计", total)]


def _counted(entry: Entry, now: datetime) -> list[int]:
    out = entry.member.whereabouts == "out"
    standing = entry.member.standing(now)
    clear = out and not unclear(entry.member, bool(entry.number))
    return [1, int(out), int(not out), *(int(out and standing == one) for one in _STANDINGS), int(clear)]
