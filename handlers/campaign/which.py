"""Which units a sender may name, and what a draft that still says nothing waits for."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from content.rules.audience import EVERYBODY
from handlers.turn import Turn
from handlers.which_unit import LISTED, units_meant
from storage import audience, unit_names, units
from storage.drafts import Draft
from storage.units import Unit


async def units_named(turn: Turn, name: str, unit_id: str = "") -> list[Unit]:
    """At or below the sender's own; of a liaison, those whose people they look after. The highest alone."""
    about = {"unit": unit_id} if unit_id else {}
    found = await units_meant(turn, Act(intent="only_for", text=name, about=about))
    if not found:
        counted = await audience.counted(turn.tx, turn.viewer, EVERYBODY, turn.now, "units")
        theirs = {path for path, _ in counted}
        named = [await units.by_id(turn.tx, unit_id)] if unit_id else await units.holding(turn.tx, name)
        named = named or await unit_names.in_full(turn.tx, name)
        found = [unit for unit in named if unit.path in theirs]
    highest = [one for one in found if not any(_is_above(other, one) for other in found)]
    return highest[:LISTED]


async def next_step(turn: Turn, draft: Draft) -> Letter:
    """Its words."""
    await turn.ask(Act(intent="draft_words", about={"draft": draft.id, "verbatim": "words"}))
    return Letter(chat=turn.say("记下了发给谁。要发的话怎么写？直接发来就行。"))


def _is_above(one: Unit, other: Unit) -> bool:
    return one.path != other.path and other.path.startswith(one.path)
