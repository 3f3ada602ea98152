"""签到: a member says that all is well. (S8)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.silence import due_day
from handlers import menu
from handlers.turn import Turn


async def check_in(turn: Turn, _act: Act) -> Letter:
    """The contact is in the register already; the answer says when the next one is due."""
    member = await turn.own_file()
    due = turn.tongue.day(due_day(member.last_contact_at, member.rhythm))
    return Letter(
        chat=turn.say("{name},收到,知道您平安。\n下次请在 {due} 前再报个平安。", name=member.name, due=due),
        sms=turn.say("收到,知道您平安。下次请在{due}前回QD签到。", due=due),
        choices=menu.for_member(turn),
    )
