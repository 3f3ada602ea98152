"""What a liaison reads on Monday morning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.words import short
from content.words.catalogue import Tongue
from content.words.silence_report import Silent, buttons_to_call, people_to_call


def round_letter(
    t: Tongue, late: Sequence[Silent], now: datetime, by_sms: bool = False, of: int = 0, tasks: int = 0
) -> Letter:
    """`by_sms`: to a phone that reads text messages alone, with as many names as one of them holds.

    `of` is how many there are, where not all were handed in; `tasks` how many other things are to be done.
    """
    n = max(of, len(late))
    if not n:
        return Letter(
            chat=t.say("还有 {n} 件待办没办：要转告的人，要核实的号码。", n=tasks),
            sms=t.say("还有{n}件待办没办。回“待办”看。", n=tasks),
            choices=_to_the_tasks(t),
        )
    head = t.plural("本周请您联系 {n} 人：", "本周请您联系 {n} 人：", n)
    after = t.say("打过电话，点名字记一下就行。")
    more = [t.say("另外还有 {n} 件待办，写“待办”看。", n=tasks)] if tasks else []
    brief = t.say("本周请您联系{n}人。回数字看一人：", n=n)
    if tasks:
        brief = t.say("另有{tasks}件待办。本周请联系{n}人，回数字看一人：", n=n, tasks=tasks)
    letter = Letter(
        chat="\n".join([head, *people_to_call(t, late, now, n), after, *more]),
        sms=brief,
        choices=(*buttons_to_call(t, late, now, n), *(_to_the_tasks(t) if tasks else ())),
    )
    return short.with_what_fits(letter) if by_sms else letter


def _to_the_tasks(t: Tongue) -> Rows:
    return ((Choice(t.say("看待办"), Act(intent="tasks")),),)
