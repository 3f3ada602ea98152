"""A member's file as a liaison or secretary opens it; each look is noted. (S31)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter, Rows
from handlers.file_contacts import latest_contacts
from handlers.file_history import history
from handlers.file_known import known, known_in_short
from handlers.next_step import can_be_reminded
from handlers.turn import Turn
from handlers.which_member import which_member
from storage import members, viewings
from storage.files import Member

CHANGES = 5


async def find(turn: Turn, act: Act) -> Letter:
    """找 张三: those in sight whose name holds what was written."""
    if not act.text.strip():
        awaits = Act(intent="find", about={"asked": "whom"})
        await turn.ask(awaits)
        return Letter(chat=turn.say("找谁？写姓名或姓都行。"))
    found = await members.called(turn.tx, turn.viewer, act.text.strip())
    if not found:
        return nobody(turn)
    if len(found) == 1 and found[0].name.startswith(act.text.strip()):
        return await _opened(turn, found[0])
    # 找 石 that finds 欧阳石 alone may have meant somebody who is not here: no file is opened on a guess.
    head = turn.say("找到 {n} 人，请点一个：", n=len(found))
    return await which_member(turn, head, found, "open_file")


async def open_file(turn: Turn, act: Act) -> Letter:
    member = await members.find(turn.tx, turn.viewer, act.about["id"])
    return await _opened(turn, member) if member else nobody(turn)


def nobody(turn: Turn) -> Letter:
    """The same words for nobody and for somebody out of sight: scope gives nothing away."""
    return Letter(chat=turn.say("您负责的范围里没有这个人。请核对姓名。"))


def actions(turn: Turn, member: Member) -> Rows:
    """What can be done next for a member; by SMS the two that need no reading."""

    def act(label: str, intent: str, **about: str) -> Choice:
        return Choice(label, Act(intent=intent, about={"id": member.id, **about}))

    call = act(turn.say("记一次电话"), "note", kind="call")
    write = act(turn.say("请本人加入"), "invite")
    if member.joined:
        write = act(turn.say("发提醒"), "remind")
    # Of those who have not joined, the roster says the number.
    number = (act(turn.say("改手机号"), "vouch_number"),) if member.joined else ()
    if turn.by_sms:
        return ((call, write, *number) if can_be_reminded(member) or not member.joined else (call, *number),)
    visit = act(turn.say("记一次走访"), "note", kind="visit")
    message = act(turn.say("记一条消息"), "note", kind="message")
    more = number if member.stopped else (write, *number)
    return ((call, visit, message), more) if more else ((call, visit, message),)


async def _opened(turn: Turn, member: Member) -> Letter:
    await viewings.record(turn.tx, turn.now, turn.viewer, member)
    return Letter(
        chat="\n".join(
            [
                *await known(turn, member),
                "",
                *await latest_contacts(turn, member),
                *await _changed(turn, member),
            ]
        ),
        sms=await known_in_short(turn, member),
        choices=actions(turn, member),
    )


async def _changed(turn: Turn, member: Member) -> list[str]:
    """What was there before: who moved three times in a year may be in trouble."""
    told = await history(turn, member, CHANGES)
    return ["", turn.say("改动记录："), *told] if told else []
