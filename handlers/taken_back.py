"""撤回, 撤销: what this person did last is taken back; of several it is asked which."""

from __future__ import annotations

from content.act import Act
from content.letter import Choice, Letter
from content.rules.deciding import is_taken_back
from content.rules.roles import may
from content.words import short
from handlers import menu, task_back
from handlers.campaign import desk
from handlers.turn import Turn
from storage import drafts, progress_letter, stoppable

_LISTED = 5


async def heard_in(turn: Turn, text: str) -> Act | None:
    """None where there is nothing to take back: then the word is heard as whatever else it may be."""
    if not is_taken_back(text) or not may(turn.actor.roles, "liaison"):
        return None
    return await the_last(turn)


async def the_last(turn: Turn) -> Act | None:
    ways = await _ways(turn)
    return ways[0].act if len(ways) == 1 else Act(intent="take_back") if ways else None


async def take_back(turn: Turn, _act: Act) -> Letter:
    """Of several it is asked which."""
    ways = await _ways(turn)
    if not ways:
        return Letter(chat=turn.say("没有可以撤回的。"), choices=menu.for_office(turn))
    letter = Letter(chat=turn.say("撤回哪一条？"), choices=tuple((way,) for way in ways))
    return short.with_what_fits(letter) if turn.by_sms else letter


async def _ways(turn: Turn) -> list[Choice]:
    """What waits for somebody's yes, what goes out, and the task that was closed last."""
    waiting = await drafts.unfinished(turn.tx, turn.actor.id, _LISTED, states=("waiting",))
    ways = [turn.choice(desk.label(turn, draft), "take_back_draft", draft=draft.id) for draft in waiting]
    for one in await stoppable.in_a_word(turn.tx, turn.actor.id, ("running", "planned")):
        if one.made_by == turn.actor.id:
            title = await progress_letter.title_of(turn.tx, turn.tongue, one, turn.by_sms)
            ways.append(turn.choice(title, "pause_campaign", campaign=one.id))
    closed = await task_back.way_back(turn)
    return [*ways, closed] if closed else ways
