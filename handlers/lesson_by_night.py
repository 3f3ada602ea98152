"""What goes out at night wakes people: it does so only if the sender means it."""

from __future__ import annotations

from datetime import datetime

from content.act import Act
from content.letter import Choice, Letter
from content.rules.hours import by_day
from handlers.lesson_time import morning_after, spelled
from handlers.turn import Turn

_MEANT = "at_night"


def is_unasked(turn: Turn, act: Act, moment: datetime) -> bool:
    """Whether it would wake people, and the sender has not said that it shall."""
    return not is_meant(act) and not by_day(moment.astimezone(turn.house.zone))


def is_meant(act: Act) -> bool:
    """The sender was asked and means the night: nobody's hours are waited for."""
    return bool(act.about.get(_MEANT))


def ask_first(turn: Turn, draft_id: str, moment: datetime) -> Letter:
    """The morning stands first: a 1 sent without reading wakes nobody."""
    morning = morning_after(turn, moment)

    def at(label: str, when: datetime, **more: str) -> Choice:
        about = {"draft": draft_id, "at": when.isoformat(), **more}
        return Choice(label, Act(intent="preview_lesson", about=about))

    when, hour = spelled(turn, moment), spelled(turn, morning)
    return Letter(
        chat=turn.say("{when} 发，会吵醒人。改到 {hour}，还是照样发？", when=when, hour=hour),
        sms=turn.say("夜里会吵醒人。改到{hour}，还是照样发？", hour=hour),
        choices=((at(turn.say("改到早上"), morning), at(turn.say("照样发"), moment, **{_MEANT: "1"})),),
    )
