"""Letting a member's liaison know; where there is none, those who answer for the branch."""

from __future__ import annotations

from collections.abc import Callable

from content.letter import Letter
from content.words.catalogue import Tongue, tongue
from handlers.turn import Turn
from storage import people
from storage.members import Member
from storage.outbox import Kind

Writing = Callable[[Tongue], Letter]


async def tell_liaison(
    turn: Turn, member: Member, write: Writing, kind: Kind = "notice", secretary_too: bool = False
) -> int:
    """Each gets the letter in their own language; how many were written to."""
    told = await _who_answers_for(turn, member, secretary_too)
    for person_id in told:
        reader = await people.the_one_who_acts(turn.tx, person_id)
        await turn.tell(person_id, write(tongue(reader.language)), kind)
    return len(told)


async def _who_answers_for(turn: Turn, member: Member, secretary_too: bool) -> list[str]:
    told = [member.liaison_id] if member.liaison_id else []
    if secretary_too or not told:
        told += await people.holders(turn.tx, member.unit_path, ("secretary", "committee"))
    return [person_id for person_id in dict.fromkeys(told) if person_id != member.id]
