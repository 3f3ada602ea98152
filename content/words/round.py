"""What a liaison reads on Monday morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.letter import Letter
from content.words.catalogue import Tongue
from content.words.silence_report import Silent, buttons_to_call, people_to_call


def round_letter(t: Tongue, late: Sequence[Silent], now: datetime) -> Letter:
    head = t.plural("本周请您联系 {n} 人：", "本周请您联系 {n} 人：", len(late))
    after = t.say("打过电话，点名字记一下就行。")
    return Letter(
        chat="\n".join([head, *people_to_call(t, late, now), after]),
        sms=t.say("本周请您联系{n}人。回数字看一人：", n=len(late)),
        choices=buttons_to_call(t, late, now),
    )
