"""A number of one's own that answers for the first time, after the person joined by another door."""

from __future__ import annotations

from content.act import Act
from content.letter import Letter
from handlers import new_number, number_claim
from handlers.joining import second_door
from handlers.turn import Turn
from storage import addresses, contacts, number_claims
from storage.addresses import AddressTaken


async def number_answers(turn: Turn, act: Act) -> Letter:
    """Where a liaison vouched, it takes the others' place; a number of the roster is one door more."""
    member = turn.actor.member
    claim = await number_claims.open_with(turn.tx, turn.now, act.about.get("claim", ""))
    if act.about.get("claim") and (claim is None or claim.person_id != turn.actor.id):
        # Since it was asked, the roster gave this number to somebody else: the answer speaks for neither.
        return number_claim.cannot_be(turn)
    try:
        if claim and member:
            await new_number.take_over(turn, member, claim)
        else:
            await addresses.verify(turn.tx, turn.now, turn.actor.address)
            await second_door.tell_the_others(turn)
    except AddressTaken:
        return number_claim.cannot_be(turn)
    if member:
        await contacts.heard(turn.tx, turn.now, member, "change", turn.word.channel, turn.actor.id)
    return new_number.greeting(turn.tongue)
