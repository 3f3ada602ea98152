"""Letting a member's liaison know; where there is none to be reached, those who answer for the branch."""

from __future__ import annotations

from collections.abc import Callable

from content.letter import Letter
from content.words.catalogue import Tongue, tongue
from handlers.turn import Turn
from storage import people
from storage.files import Member
from storage.outbox import Kind

Writing = Callable[[Tongue], Letter]


async def tell_liaison(
    turn: Turn, member: Member, write: Writing, kind: Kind = "notice", secretary_too: bool = False
) -> int:
    """Each gets the letter in their own language; how many it can reach.

    A liaison without any door that works is no reader: the letter goes one up instead.
    """
    reached = 0
    if member.liaison_id and member.liaison_id != member.id:
        reached = await write_to(turn, member.liaison_id, write, kind)
    if reached and not secretary_too:
        return reached
    above = await people.holders(turn.tx, member.unit_path, ("secretary", "committee"))
    for person_id in above:
        if person_id not in (member.id, member.liaison_id):
            reached += await write_to(turn, person_id, write, kind)
    return reached


async def write_to(turn: Turn, person_id: str, write: Writing, kind: Kind = "notice") -> int:
    """To one holder of an office, in their own language; 0 where no door of theirs works."""
    reader = await people.the_one_who_acts(turn.tx, person_id)
    return int(await turn.tell(person_id, write(tongue(reader.language)), kind))
