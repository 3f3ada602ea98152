"""Who is behind a word: by its address, as far as anybody has said whose that is."""

from __future__ import annotations

from handlers.turn import Actor, Word
from storage import addresses, members, offices, people
from storage.database import Transaction


async def who_speaks(tx: Transaction, word: Word) -> Actor | None:
    """The person, with what they may see; None where nobody has that address."""
    address = await addresses.behind(tx, word.channel, word.address)
    if address is None:
        return None
    held = tuple(await offices.offices_of(tx, address.person_id))
    viewer = offices.viewer_with(address.person_id, held)
    return Actor(
        person=await people.the_one_who_acts(tx, address.person_id),
        address=address,
        offices=held,
        viewer=viewer,
        member=await members.find(tx, viewer, address.person_id),
    )
