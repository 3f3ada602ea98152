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
    due = turn.tongue.day(due_day(member.last_contact_at, member.rhythm, member.quiet_until))
    if await _is_back(turn):
        return Letter(
            chat=turn.say(
                "{name}，您又有信了，真好！之前说的暂时联系不上就算结束了。\n"
                "下次请在 {due} 前再报个平安。还要出门，再告诉我一声。",
                name=member.name,
                due=due,
            ),
            sms=turn.say("又有您的信了，真好！下次请在{due}前回QD签到。还要出门请再说一声。", due=due),
            choices=menu.for_member(turn),
        )
    return Letter(
        chat=turn.say("{name}，收到，知道您平安。\n下次请在 {due} 前再报个平安。", name=member.name, due=due),
        sms=turn.say("收到，知道您平安。下次请在{due}前回QD签到。", due=due),
        choices=menu.for_member(turn),
    )


async def _is_back(turn: Turn) -> bool:
    """Whether this word has ended a planned absence before its day: nobody is to wonder later."""
    before, now = turn.actor.member, await turn.own_file()
    if before is None or before.quiet_until is None or now.quiet_until is not None:
        return False
    return before.quiet_until > turn.today
