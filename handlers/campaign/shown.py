"""Which draft was shown last at this door, and whether a yes to it still means what was seen.

Whoever wrote something after a preview may think that it changed the order. So a yes, a number or the button
from before shows it once more, and only the next one sends it.
"""

from __future__ import annotations

from content.act import Act
from handlers.turn import Turn
from storage import answering, choices
from storage.answering import Asked

_SEEN_AGAIN = "preview_draft"


async def draft_shown(turn: Turn) -> str:
    """The draft that the last question here was about; empty where it was about something else."""
    asked = await _asked(turn)
    return asked.offered[0].act.about.get("draft", "") if asked else ""


async def previewed(turn: Turn) -> str:
    """The draft whose preview waits for an answer here, or is to be seen again before it can have one."""
    asked = await _asked(turn)
    if asked is None or not asked.is_open or asked.is_answered:
        return ""
    first = asked.offered[0]
    if first.person_id not in (None, turn.actor.id) or not (first.act.intent == "send_it" or _ended(asked)):
        return ""
    return first.act.about.get("draft", "")


async def is_open_for_a_yes(turn: Turn) -> bool:
    """Whether a yes would send it now."""
    asked = await _asked(turn)
    return bool(await previewed(turn)) and not (asked and _ended(asked))


async def asked_something_else(turn: Turn) -> bool:
    """Whether the last question here is open and about no draft: a 取消 is no word about one then."""
    asked = await _asked(turn)
    if asked is None or not asked.is_open or asked.is_answered:
        return False
    return not asked.offered[0].act.about.get("draft")


async def have_it_seen_again(turn: Turn, draft_id: str) -> None:
    """Something else was said: the numbers under the preview lead back to it from now on."""
    index = turn.tx.blind(turn.word.channel, turn.word.address)
    again = Act(intent=_SEEN_AGAIN, about={"draft": draft_id, "again": "1"})
    await choices.end_numbers(turn.tx, turn.now, index, turn.actor.id, again)


async def seen_before(turn: Turn, pressed: Act) -> Act:
    """What the button means now: under a preview that is to be seen again, to see it."""
    asked = await _asked(turn) if pressed.intent == "send_it" else None
    if asked is None or not _ended(asked):
        return pressed
    again = asked.offered[0].act
    return again if again.about.get("draft") == pressed.about.get("draft") else pressed


def _ended(asked: Asked) -> bool:
    first = asked.offered[0]
    return first.n == 0 and first.act.intent == _SEEN_AGAIN


async def _asked(turn: Turn) -> Asked | None:
    index = turn.tx.blind(turn.word.channel, turn.word.address)
    return await answering.last_asked(turn.tx, turn.now, index, chosen_by="number")
