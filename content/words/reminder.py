"""The reminder that a word is due, the same from the clock and from a liaison's button."""

from __future__ import annotations

from datetime import date

from content.act import Act
from content.letter import Choice, Letter
from content.words.catalogue import Tongue


def reminder(t: Tongue, name: str, days: int, due: date, overdue: bool) -> Letter:
    """`days` since the last word; `due` is the last day in time."""
    check_in = Choice(t.say("签到"), Act(intent="check_in"))
    help_me = Choice(t.say("求助"), Act(intent="help"))
    if overdue:
        chat = t.say(
            "{name}，有 {days} 天没有您的消息了，家里惦记着。方便时点一下“签到”，或写一句近况。",
            name=name,
            days=days,
        )
        sms = t.say("有{days}天没有您的消息了，家里惦记着。都好请回QD，有难处回QZ。", days=days)
    else:
        chat = t.say(
            "{name}，近来都好吗？请在 {due} 前报个平安：点一下“签到”，或写一句近况。",
            name=name,
            due=t.day(due),
        )
        sms = t.say("近来都好吗？请在{due}前回QD报个平安，有难处回QZ。", due=t.day(due))
    return Letter(chat=chat, sms=sms, choices=((check_in, help_me),))
