"""TD: lessons and reminders stop at once, and start again as easily. Help is never stopped."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from handlers import menu
from handlers.turn import Turn
from storage import people


async def stop(turn: Turn, _act: Act) -> Letter:
    """At once, without a question: a stop that asks back is none."""
    await people.stop_lessons(turn.tx, turn.actor.id, turn.now)
    return Letter(
        chat=turn.say("好，不再给您发课和提醒。您写来的话照样有人答，有难处照样管。想恢复，写“恢复”就行。"),
        sms=turn.say("好，不再发课和提醒。有难处照样回QZ。想恢复请回“恢复”。"),
        choices=menu.for_member(turn),
    )


async def resume(turn: Turn, _act: Act) -> Letter:
    """As easily as it was stopped."""
    await people.stop_lessons(turn.tx, turn.actor.id, None)
    return Letter(chat=turn.say("好，又给您发课和提醒了。"), choices=menu.for_member(turn))
