"""Letting a member's liaison know; where there is none to be reached, those who answer for the branch."""

from __future__ import annotations

from collections.abc import Callable

from content.letter import Letter
from content.words.above import Knows, as_read_above
from content.words.catalogue import Tongue, tongue
from handlers.turn import Turn
from storage import offices, people
from storage.files import Member
from storage.outbox import Kind

Writing = Callable[[Tongue], Letter]


async def tell_liaison(
    turn: Turn,
    member: Member,
    write: Writing,
    kind: Kind = "notice",
    secretary_too: bool = False,
    mark: str = "",
    cause: str = "",
) -> int:
    """Each gets the letter in their own language, those above also who knows; how many it can reach.

    A liaison without any door that works is no reader: the letter goes one up instead.
    """
    reached = 0
    if member.liaison_id and member.liaison_id != member.id:
        reached = await write_to(turn, member.liaison_id, write, kind, mark, cause)
    if reached and not secretary_too:
        return reached
    written = await _for_those_above(turn, member, write, bool(reached))
    above = await offices.holders(turn.tx, member.unit_path, ("secretary", "committee"))
    for person_id in above:
        if person_id not in (member.id, member.liaison_id):
            reached += await write_to(turn, person_id, written, kind, mark, cause)
    return reached


async def write_to(
    turn: Turn, person_id: str, write: Writing, kind: Kind = "notice", mark: str = "", cause: str = ""
) -> int:
    """To one holder of an office, in their own language; 0 where no door of theirs works."""
    letter = write(tongue(await people.language_of(turn.tx, person_id)))
    return int(await turn.tell(person_id, letter, kind, mark, cause))


async def _for_those_above(turn: Turn, member: Member, write: Writing, liaison_knows: bool) -> Writing:
    """The same letter, as somebody reads it whose first task it is not."""
    if not member.liaison_id or member.liaison_id == member.id:
        return lambda t: as_read_above(t, write(t), "", "nobody")
    name = await people.name_of(turn.tx, member.liaison_id)
    knows: Knows = "knows" if liaison_knows else "not_reached"
    return lambda t: as_read_above(t, write(t), name, knows)
