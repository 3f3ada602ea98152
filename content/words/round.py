"""What a liaison reads on Monday morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter
from content.rules.silence import days_since
from content.words.catalogue import Tongue
from content.words.silence_report import LISTED, Silent


def round_letter(t: Tongue, late: Sequence[Silent], now: datetime) -> Letter:
    lines = [
        t.say(
            "{name},{days} 天没有联系",
            name=m.name,
            days=days_since(m.last_contact_at, now, m.rhythm.timezone),
        )
        for m in late[:LISTED]
    ]
    return Letter(
        chat="\n".join([t.say("本周请您联系 {n} 人:", n=len(late)), *lines]),
        sms=t.say("本周请您联系{n}人。回“失联”看名单。", n=len(late)),
        choices=tuple((Choice(m.name, Act(intent="open_file", about={"id": m.id})),) for m in late[:LISTED]),
    )
