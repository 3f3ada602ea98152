"""船回来了: a planned absence is over, by the member's word or with their first one after its day. (S9)"""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.rules.silence import due_day
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu
from handlers.next_step import is_away_as_said
from handlers.turn import Turn
from storage import changes, members
from storage.files import Member


async def back(turn: Turn, _act: Act) -> Letter:
    """From here on they are waited for as everybody is."""
    member = await turn.own_file()
    if is_away_as_said(turn, member):
        await end_absence(turn, member)
    due = turn.tongue.day(due_day(member.last_contact_at, member.rhythm))
    return Letter(
        chat=turn.say("回来就好！报备的外出到此结束。\n下次请在 {due} 前再报个平安。", due=due),
        sms=turn.say("回来就好！报备的外出到此结束。下次请在{due}前回QD签到。", due=due),
        choices=menu.for_member(turn),
    )


async def end_absence(turn: Turn, member: Member) -> None:
    """Noted in the history, and the liaison need not wait any longer."""
    await members.set_deadlines(turn.tx, member, turn.now, member.last_contact_kind, None)
    until = member.quiet_until.isoformat() if member.quiet_until else ""
    await changes.record(turn.tx, member, turn.change(member, "quiet", until, ""))
    await members.note_texts(turn.tx, member, quiet_reason="")
    await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member), mark="back")


def _to_liaison(t: Tongue, member: Member) -> Letter:
    return Letter(
        chat=t.say("{name}（{unit}）报备的外出结束了，又有消息了。", name=member.name, unit=member.unit),
        sms=t.say("{who}报备的外出结束了，又有消息了。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
