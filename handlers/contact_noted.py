"""What whoever noted a contact is told: until when that holds, or what to try next. (S4)"""

from __future__ import annotations

from content.letter import Letter
from content.rules.silence import due_day
from content.rules.times import A_DAY
from handlers import member_file, menu
from handlers.next_step import away_until, can_be_reminded
from handlers.turn import Turn
from storage.files import Member


def noted(turn: Turn, member: Member, more: str = "", short: str = "") -> Letter:
    """Until when nothing more is waited for; `more`, or `short` by SMS, is asked after it."""
    until = away_until(turn, member)
    due = turn.tongue.day(due_day(turn.now, member.rhythm, until))
    return Letter(
        chat=turn.say(
            "记下了，{name} 算已联系，下次 {due} 前。\n{more}", name=member.name, due=due, more=more
        ).strip(),
        sms=turn.say("记下了，算已联系，下次{due}前。{more}", due=due, more=short),
        choices=menu.for_office(turn),
    )


def more_words(turn: Turn, outcome: str) -> tuple[str, str]:
    """What is asked after two taps without words, in a chat and by SMS."""
    if outcome == "trouble":
        return turn.say("有什么困难？请直接写一句，记在后面。"), turn.say("什么困难？请写一句。")
    return turn.say("想补一句谈了什么，直接写；不补就不用管。"), turn.say("要补一句请直接写。")


def not_reached(turn: Turn, member: Member) -> Letter:
    """It is no contact, and there is another way to try."""
    return Letter(
        chat=turn.say(
            "记下了：没联系上。{name} 仍算没有联系。\n下一步：{more}",
            name=member.name,
            more=_try_next(turn, member),
        ),
        sms=turn.say("记下了：没联系上，仍算没有联系。请换个时间再打，或打给家属。"),
        choices=member_file.actions(turn, member),
    )


def _try_next(turn: Turn, member: Member) -> str:
    """Another door to the member, the family's before another try at the same one."""
    if member.family_phone:
        return turn.say("打家属电话 {number} 问问，或换个时间再打。", number=member.family_phone)
    reminded_today = member.reminded_at is not None and turn.now - member.reminded_at < A_DAY
    if can_be_reminded(member) and not reminded_today:
        return turn.say("点“发提醒”，再换个时间打。")
    return turn.say("换个时间再打；几次都打不通，请告诉书记。")
