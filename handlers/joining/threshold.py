"""Known, but not yet inside: a roster number that wrote before it agreed, or a new number not yet proved."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from handlers import change_phone, not_me
from handlers.joining import consent
from handlers.joining.roster_number import invitation_by_sms
from handlers.turn import Turn


def is_inside(turn: Turn) -> bool:
    return turn.actor.address.verified and turn.actor.person.joined_at is not None


async def on_the_threshold(turn: Turn, acts: tuple[Act, ...]) -> Letter:
    intents = {act.intent for act in acts}
    if "join" in intents:
        return await consent.agree(turn, acts[0])
    if "new_phone_answers" in intents:
        return await change_phone.new_phone_answers(turn, acts[0])
    if "disown" in intents:
        return await not_me.disown(turn, acts[0])
    if intents & {"decline", "not_me", "stop", "drop"}:
        return await consent.decline(turn, acts[0])
    if turn.actor.person.joined_at is not None:
        return _is_it_yours(turn)
    return invitation_by_sms(turn.tongue.code)


def _is_it_yours(turn: Turn) -> Letter:
    yes = turn.choice(turn.say("是我的号码"), "new_phone_answers")
    no = turn.choice(turn.say("不是"), "disown")
    return Letter(chat=turn.say("这个号码还没有核对。是您的号码吗?"), choices=((yes, no),))
