"""What liaison and secretary read when somebody has fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from content.act import Act
from content.letter import Choice, Letter
from content.rules.names import masked
from content.rules.silence import Rhythm, days_since
from content.words.catalogue import Tongue

LISTED = 8


class Silent(Protocol):
    """As much of a member's file as the report needs."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def rhythm(self) -> Rhythm: ...
    @property
    def last_contact_at(self) -> datetime: ...


def silence_report(t: Tongue, silent: Sequence[Silent], now: datetime) -> Letter:
    lines = [
        t.say("{name} · {unit},{days} 天没有联系", name=m.name, unit=m.unit, days=_days(m, now))
        for m in silent[:LISTED]
    ]
    head = t.plural(
        "有 {n} 人提醒后仍没有回音,请打个电话问问:",
        "有 {n} 人提醒后仍没有回音,请打个电话问问:",
        len(silent),
    )
    brief = "、".join(f"{masked(m.name)}{_days(m, now)}" for m in silent[:3])
    return Letter(
        chat="\n".join([head, *lines]),
        sms=t.say("{n}人提醒后没有回音:{brief}(天)。回“失联”看全部。", n=len(silent), brief=brief),
        choices=tuple(
            (Choice(m.name, Act(intent="open_file", about={"id": m.id})),) for m in silent[:LISTED]
        ),
    )


def _days(member: Silent, now: datetime) -> int:
    return days_since(member.last_contact_at, now, member.rhythm.timezone)
