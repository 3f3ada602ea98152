"""Who may open a door for whom: nobody for somebody with an office that they do not stand above."""

from __future__ import annotations

from content.letter import Letter
from content.rules.roles import ROLES
from handlers.turn import Turn
from storage import offices
from storage.offices import Office


async def stands_above(turn: Turn, person_id: str) -> bool:
    """Whoever lets a superior in, or vouches for their number, could become them."""
    theirs = await offices.offices_of(turn.tx, person_id)
    return all(any(_is_above(mine, office) for mine in turn.actor.offices) for office in theirs)


def for_somebody_above(turn: Turn) -> Letter:
    return Letter(chat=turn.say("这位同志也有职务，要由上一级来办。请告诉管理员。"))


def _is_above(mine: Office, theirs: Office) -> bool:
    return theirs.unit_path.startswith(mine.unit_path) and ROLES.index(mine.role) > ROLES.index(theirs.role)
