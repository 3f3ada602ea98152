"""What a liaison reads on Monday morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.letter import Letter
from content.words import short
from content.words.catalogue import Tongue
from content.words.silence_report import Silent, buttons_to_call, people_to_call


def round_letter(
    t: Tongue, late: Sequence[Silent], now: datetime, by_sms: bool = False, of: int = 0
) -> Letter:
    """`by_sms`: to a phone that reads text messages alone, with as many names as one of them holds.

    `of` is how many there are, where not all were handed in.
    """
    n = max(of, len(late))
    head = t.plural("本周请您联系 {n} 人：", "本周请您联系 {n} 人：", n)
    after = t.say("打过电话，点名字记一下就行。")
    letter = Letter(
        chat="\n".join([head, *people_to_call(t, late, now, n), after]),
        sms=t.say("本周请您联系{n}人。回数字看一人：", n=n),
        choices=buttons_to_call(t, late, now, n),
    )
    return short.with_what_fits(letter) if by_sms else letter
