"""签到: a member says that all is well. (S8)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.silence import due_day
from handlers import menu
from handlers.next_step import is_away_as_said
from handlers.turn import Turn
from storage.files import Member


async def check_in(turn: Turn, _act: Act) -> Letter:
    """The contact is in the register already; the answer says when the next one is due."""
    member = turn.member
    due = turn.tongue.day(due_day(member.last_contact_at, member.rhythm, member.quiet_until))
    if is_away_as_said(turn, member):
        return _back_already(turn, member)
    return Letter(
        chat=turn.say("{name}，收到，知道您平安。\n下次请在 {due} 前再报个平安。", name=member.name, due=due),
        sms=turn.say("收到，知道您平安。下次请在{due}前回QD签到。", due=due),
        choices=menu.for_member(turn),
    )


def _back_already(turn: Turn, member: Member) -> Letter:
    """A word from the ship does not end the voyage: that is for them to say."""
    day = turn.tongue.day_and_year(member.quiet_until) if member.quiet_until else ""
    answers = (turn.choice(turn.say("回来了"), "back"), turn.choice(turn.say("还没"), "drop"))
    return Letter(
        chat=turn.say(
            "{name}，收到，知道您平安。\n您报备的外出到 {day}，提前回来了吗？", name=member.name, day=day
        ),
        sms=turn.say("收到，知道您平安。您报备的外出到{day}，提前回来了吗？", day=day),
        choices=(answers, *menu.for_member(turn)),
    )
