"""取消 and 停, said while something goes out: meant of that, unless a question is open that 取消 answers."""

from __future__ import annotations

from content.act import Act
from content.rules.office_running import CANCEL, is_halt
from content.rules.roles import may
from handlers import questions
from handlers.campaign import desk_words
from handlers.campaign_halt import JUST_SENT
from handlers.turn import Turn
from storage import drafts, stoppable
from storage.campaigns import State


async def called_off(turn: Turn, text: str) -> Act | None:
    if text.strip().lower() not in CANCEL or not may(turn.actor.roles, "liaison"):
        return None
    if await questions.waits_for_a_yes(turn):
        return None
    found = await stoppable.in_a_word(turn.tx, turn.actor.id, ("running", "paused", "planned"))
    return Act(intent="cancel_campaign") if found else None


async def halted(turn: Turn, text: str) -> Act | None:
    """Whoever sent it to the wrong people has no time for the right word."""
    if not is_halt(text) or not may(turn.actor.roles, "liaison"):
        return None
    if await _of_their_own(turn, "running"):
        return Act(intent="halt_campaign")
    # What rests or is planned does nothing at the moment: the preview just seen is nearer.
    put = await questions.read_back_last(turn)
    if put and put.intent == "send_it":
        if of_the_desk := await desk_words.settled(turn, text, None):
            return of_the_desk
        await questions.call_off(turn)
        return Act(intent="drop_draft", about={"draft": put.about["draft"]})
    if await _of_their_own(turn, "paused", "planned"):
        return Act(intent="halt_campaign")
    if waits := await drafts.unfinished(turn.tx, turn.actor.id, 2, states=("waiting",)):
        one = Act(intent="take_back_draft", about={"draft": waits[0].id})
        return one if len(waits) == 1 else Act(intent="take_back")
    sent = await stoppable.just_sent(turn.tx, turn.actor.id, turn.now - JUST_SENT)
    return Act(intent="halt_campaign") if sent else None


async def _of_their_own(turn: Turn, *states: State) -> bool:
    found = await stoppable.in_a_word(turn.tx, turn.actor.id, states)
    return any(one.made_by == turn.actor.id for one in found)
