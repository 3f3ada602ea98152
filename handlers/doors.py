"""A letter to every door that a person has proven: whatever changes at one of them is said at the others."""

from __future__ import annotations

from collections.abc import Collection

from content.act import Act
from content.letter import Choice, Letter, Rows
from content.words.catalogue import Tongue
from handlers.turn import Turn
from storage import addresses, members, offices, outbox
from storage.files import Member
from storage.outbox import Kind


async def tell_every_door(
    turn: Turn,
    person_id: str,
    letter: Letter,
    mark: str,
    but_not: Collection[str] = (),
    kind: Kind = "security",
) -> None:
    """To each proven address in use, the one that this word came from left out; `but_not` are values."""
    passed_over = {turn.word.address, *but_not}
    for door in await addresses.of_person(turn.tx, person_id):
        if door.verified and door.usable and door.value not in passed_over:
            key = f"{turn.word.id}:{mark}:{door.id}"
            await outbox.promise(turn.tx, turn.now, outbox.to(door), letter, kind, key)


async def file_of(turn: Turn, person_id: str) -> Member:
    """The file of somebody who is about to be heard at a number that is not theirs yet, or no longer."""
    viewer = await offices.viewer_of(turn.tx, person_id)
    found = await members.find(turn.tx, viewer, person_id)
    if found is None:
        raise LookupError("the person has no file")
    return found


def not_by_me(t: Tongue) -> Rows:
    """The one answer to an alarm; who did it themselves need not answer at all."""
    return ((Choice(t.say("不是我"), Act(intent="dispute", about={"alarm": "1"})),),)
