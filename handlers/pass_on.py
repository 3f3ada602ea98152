"""A member's own words, passed on to the liaison as they are, and the member knows it."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.names import masked
from content.words.catalogue import Tongue
from content.words.keys import to_the_file
from handlers import liaison, menu
from handlers.turn import Turn
from storage.files import Member


async def pass_on(turn: Turn, act: Act) -> Letter:
    """Questions and opinions at once; words that were not understood after the member said so."""
    words = act.text or turn.word.text
    member = await turn.own_file()
    told = await liaison.tell_liaison(turn, member, lambda t: _to_liaison(t, member, words))
    if not told:
        return Letter(
            chat=turn.say("您的话收到了，但现在没有联系人能看到。急事请直接打电话回村里。"),
            choices=menu.for_member(turn),
        )
    return Letter(
        chat=turn.say("已转给您的联系人，会有人回您。"),
        choices=menu.for_member(turn),
    )


def _to_liaison(t: Tongue, member: Member, words: str) -> Letter:
    return Letter(
        chat=t.say("{name}（{unit}）写道：\n{words}", name=member.name, unit=member.unit, words=words),
        sms=t.say("{who}写来一句话，请在聊天里看，或给本人回电话。", who=masked(member.name)),
        choices=to_the_file(t, member.id),
    )
