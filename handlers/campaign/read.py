"""收到, of a notice: whoever sent it sees that it was read. (S24)"""

from __future__ import annotations

from datetime import timedelta

from content.act import Act
from content.letter import Letter
from handlers import menu, otherwise
from handlers.turn import Turn
from storage import recipients

# A 收到 after that thanks for something else.
_STILL_MEANT = timedelta(days=7)


async def notice_read(turn: Turn, act: Act) -> Letter:
    """The button under the notice."""
    return await _noted(turn, act.about["campaign"])


async def acknowledged(turn: Turn, act: Act) -> Letter:
    """收到 or 好的 in words: of the last notice, where there is one that they have not answered."""
    campaign_id = await recipients.unread_notice(turn.tx, turn.actor.id, turn.now - _STILL_MEANT)
    return await _noted(turn, campaign_id) if campaign_id else await otherwise.thanks(turn, act)


async def _noted(turn: Turn, campaign_id: str) -> Letter:
    await recipients.answer(turn.tx, turn.now, campaign_id, turn.actor.id, 1, right=True)
    return Letter(chat=turn.say("好的，记下您收到了。有事随时写给我。"), choices=menu.own(turn))
