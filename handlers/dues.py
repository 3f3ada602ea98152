"""党费: until when they are paid, as the branch has entered it. The branch alone enters it. (S2, S9)"""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from handlers.turn import Turn
from storage import people
from storage.files import Member


async def dues(turn: Turn, _act: Act) -> Letter:
    member = await turn.own_file()
    if member.dues_until is None:
        return await ask_branch(turn, member)
    until = turn.tongue.month(member.dues_until)
    check = turn.say("请联系人核对"), turn.say("请帮我核对党费交到了哪个月。")
    return Letter(
        chat=turn.say(
            "党费登记交到{month}。和您交的不一样？可以请 {who} 核对。",
            month=until,
            who=await _carer(turn, member),
        ),
        sms=turn.say("党费登记交到{month}。不一样可请联系人核对。", month=until),
        choices=(_passed_on(*check),),
    )


async def ask_branch(turn: Turn, member: Member) -> Letter:
    """Dues are paid to the branch, and the branch enters them."""
    enter = turn.say("请联系人登记"), turn.say("请帮我登记党费交到了哪个月。")
    return Letter(
        chat=turn.say("党费由支部登记。要请 {who} 查一下、登记上吗？", who=await _carer(turn, member)),
        sms=turn.say("党费由支部登记。要请联系人查一下、登记上吗？"),
        choices=(_passed_on(*enter),),
    )


async def _carer(turn: Turn, member: Member) -> str:
    return await people.name_of(turn.tx, member.liaison_id) if member.liaison_id else turn.say("支部书记")


def _passed_on(label: str, text: str) -> tuple[Choice]:
    return (Choice(label, Act(intent="pass_on", text=text)),)
