"""What goes out at night, or on a holiday morning, wakes people: only if the sender means it."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter
from content.rules.hours import next_allowed
from handlers.lesson_time import is_late_for_a_holiday, spelled
from handlers.turn import Turn
from storage import holidays

_MEANT = "at_night"


async def is_unasked(turn: Turn, act: Act, moment: datetime) -> bool:
    """Whether it would wake people, and the sender has not said that it shall."""
    return not is_meant(act) and await _allowed(turn, moment) > moment


def is_meant(act: Act) -> bool:
    """The sender was asked and means the night: nobody's hours are waited for."""
    return bool(act.about.get(_MEANT))


async def ask_first(turn: Turn, draft_id: str, moment: datetime) -> Letter:
    """The morning stands first: a 1 sent without reading wakes nobody."""
    allowed = await _allowed(turn, moment)

    def at(label: str, when: datetime, **more: str) -> Choice:
        about = {"draft": draft_id, "at": when.isoformat(), **more}
        return Choice(label, Act(intent="preview_lesson", about=about))

    when, hour = spelled(turn, moment), spelled(turn, allowed)
    later, anyway = at(turn.say("改到早上"), allowed), at(turn.say("照样发"), moment, **{_MEANT: "1"})
    chat = turn.say("{when} 发，会吵醒人。改到 {hour}，还是照样发？", when=when, hour=hour)
    sms = turn.say("夜里会吵醒人。改到{hour}，还是照样发？", hour=hour)
    if await is_late_for_a_holiday(turn, allowed):
        later = at(turn.say("改到中午"), allowed)
        chat = turn.say(
            "{when} 发，会吵醒人：放假的日子中午才开始发。改到 {hour}，还是照样发？", when=when, hour=hour
        )
        sms = turn.say("放假的日子中午才开始发，早了会吵醒人。改到{hour}，还是照样发？", hour=hour)
    return Letter(chat=chat, sms=sms, choices=((later, anyway),))


async def _allowed(turn: Turn, moment: datetime) -> datetime:
    return next_allowed(moment, [turn.house.zone], holidays=await holidays.known(turn.tx))
