"""不是本人: a number that went to somebody else is let go at once, and its new owner is told nothing."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules import phones
from content.words.catalogue import Tongue, tongue
from content.words.keys import to_the_file
from handlers import liaison
from handlers.turn import Turn
from storage import addresses
from storage.files import Member


async def not_me(turn: Turn, _act: Act) -> Letter:
    """Asked once more: a slip of the finger would cost a member their only way to us."""
    return Letter(
        chat=turn.say("您不认识要找的人，以后不再给这里发消息，对吗？"),
        sms=turn.say("以后不再给这个号码发消息，对吗？"),
        choices=((turn.choice(turn.say("对"), "disown"), turn.choice(turn.say("不对"), "drop")),),
    )


async def disown(turn: Turn, _act: Act) -> Letter:
    """The address ends; the liaison is told, and the member by another door where they have one."""
    member, address = turn.actor.member, turn.actor.address
    await addresses.end(turn.tx, turn.now, address.id, "disowned")
    if member:
        await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member, address.value))
        if address.channel == "sms" and not address.verified and member.joined:
            await turn.tell(member.id, _to_member(tongue(member.language), address.value))
    return Letter(chat=turn.say("好，以后不再打扰。"))


def _to_member(t: Tongue, value: str) -> Letter:
    number = phones.masked(value)
    return Letter(
        chat=t.say("{number} 那边说不是您的号码，没有换。请核对后再发一次新号码。", number=number),
        sms=t.say("{number}那边说不是您的号码，没有换。请核对再发。", number=number),
    )


def _to_liaison(t: Tongue, member: Member, value: str) -> Letter:
    number = phones.masked(value) if value.startswith("+") else t.say("聊天账号")
    return Letter(
        chat=t.say(
            "{name}（{unit}）登记的 {number} 有人回复说不是本人，已停用。请核实新号码。",
            name=member.name,
            unit=member.unit,
            number=number,
        ),
        sms=t.say("有一位联系对象的号码不对，已停用。请在聊天里看。"),
        choices=to_the_file(t, member.id),
    )
