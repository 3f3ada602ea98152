"""One door more for somebody who is inside: the doors they had are told, and can shut it again."""

from __future__ import annotations

from content.letter import Letter
from content.words.catalogue import Tongue
from handlers.doors import not_by_me, tell_every_door
from handlers.turn import Turn


async def tell_the_others(turn: Turn) -> None:
    """A link that was passed on, or a telephone lent for a minute, opens no door in silence."""
    await tell_every_door(turn, turn.actor.id, _newly_open(turn.tongue, turn.by_sms), "second")


def _newly_open(t: Tongue, by_sms: bool) -> Letter:
    what = t.say("一个手机号") if by_sms else t.say("一个聊天账号")
    return Letter(
        chat=t.say("刚刚有{what}接通了您的联动。是您本人就不用理会；不是您，请点“不是我”。", what=what),
        sms=t.say("刚有{what}接通了您的联动。不是您本人，请回“不是我”，就停掉。", what=what),
        choices=not_by_me(t),
        chosen_by="word",
    )
