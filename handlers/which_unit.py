"""The unit that is meant by its name, by a part of it or by a button; and the question where several are."""

from __future__ import annotations

from collections.abc import Sequence

from content.act import Act
from content.letter import Letter
from content.words import short
from handlers.turn import Turn
from storage import unit_names, units
from storage.units import Unit

LISTED = 8


def is_named(act: Act) -> bool:
    return bool(act.text or act.about.get("unit"))


async def units_meant(turn: Turn, act: Act) -> list[Unit]:
    """Those that the viewer looks after: a unit out of sight is as good as none.

    `act.text` is a name or a part of one, `act.about["unit"]` the id behind a button.
    """
    if asked := act.about.get("unit"):
        return _in_sight(turn, [await units.by_id(turn.tx, asked)])
    named = _in_sight(turn, await units.named(turn.tx, act.text))
    if found := named or _in_sight(turn, await units.holding(turn.tx, act.text)):
        return found
    return _in_sight(turn, await unit_names.in_full(turn.tx, act.text))


async def which_unit(turn: Turn, head: str, found: Sequence[Unit], intent: str) -> Letter:
    """Asks which of several is meant; the one chosen comes back as `intent` with its id."""
    called = await unit_names.told_apart(turn.tx, turn.viewer, [unit.path for unit in found])
    rows = tuple((turn.choice(called[unit.path], intent, unit=unit.id),) for unit in found[:LISTED])
    letter = Letter(chat=head, choices=rows)
    return short.with_what_fits(letter) if turn.by_sms else letter


def _in_sight(turn: Turn, found: Sequence[Unit]) -> list[Unit]:
    return [unit for unit in found if turn.viewer.sees_unit(unit.path)]
