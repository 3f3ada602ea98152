"""取消, said while something goes out: meant of that, unless a question is open that it answers."""

from __future__ import annotations

from content.act import Act
from content.rules.office_running import CANCEL
from content.rules.roles import may
from handlers import questions
from handlers.turn import Turn
from storage import stoppable


async def called_off(turn: Turn, text: str) -> Act | None:
    if text.strip().lower() not in CANCEL or not may(turn.actor.roles, "liaison"):
        return None
    if await questions.waits_for_a_yes(turn):
        return None
    found = await stoppable.in_a_word(turn.tx, turn.actor.id, ("running", "paused", "planned"))
    return Act(intent="cancel_campaign") if found else None
