"""Which units a sender may name, and what a draft that still says nothing waits for."""

from __future__ import annotations

import re

from content.act import Act
from content.letter import Letter
from content.rules.audience import EVERYBODY
from handlers.turn import Turn
from handlers.which_unit import LISTED, units_meant
from storage import audience, unit_names, units
from storage.drafts import Draft
from storage.units import Unit

_OF_A_KIND = re.compile(r"(?P<name>..+?)[村镇乡]?党?(?P<kind>总支|支部|委|小组)(?:员会)?")


async def units_named(turn: Turn, name: str, unit_id: str = "") -> list[Unit]:
    """At or below the sender's own; of a liaison, those whose people they look after. The highest alone."""
    found = await _in_sight(turn, name, unit_id)
    if not found and (short := _OF_A_KIND.fullmatch(name)):
        # 石桥支部 is how people say 石桥村党支部.
        found = [one for one in await _in_sight(turn, short["name"]) if short["kind"] in one.name]
    highest = [one for one in found if not any(_is_above(other, one) for other in found)]
    return highest[:LISTED]


async def _in_sight(turn: Turn, name: str, unit_id: str = "") -> list[Unit]:
    about = {"unit": unit_id} if unit_id else {}
    found = await units_meant(turn, Act(intent="only_for", text=name, about=about))
    if not found:
        counted = await audience.counted(turn.tx, turn.viewer, EVERYBODY, turn.now, "units")
        theirs = {path for path, _ in counted}
        named = [await units.by_id(turn.tx, unit_id)] if unit_id else await units.holding(turn.tx, name)
        named = named or await unit_names.in_full(turn.tx, name)
        found = [unit for unit in named if unit.path in theirs]
    return found


async def next_step(turn: Turn, draft: Draft) -> Letter:
    """Its words."""
    await turn.ask(Act(intent="draft_words", about={"draft": draft.id, "verbatim": "words"}))
    return Letter(chat=turn.say("记下了发给谁。要发的话怎么写？直接发来就行。"))


def _is_above(one: Unit, other: Unit) -> bool:
    return one.path != other.path and other.path.startswith(one.path)
