"""A letter to a person, by the best door they have. Handlers and schedules both write this way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import case, null, update

from content.letter import Letter
from storage import addresses, choices, outbox
from storage.addresses import Address
from storage.database import Transaction
from storage.outbox import Kind


async def tell(
    tx: Transaction,
    now: datetime,
    person_id: str,
    letter: Letter,
    kind: Kind,
    idempotency_key: str,
    cause: str = "",
    awaited: bool = False,
) -> bool:
    """Promise the letter to the person's chat, else to their number. False where no door is open.

    Nothing personal goes to an address that its person has not verified.
    """
    door = await best_door(tx, person_id)
    if door is None:
        await outbox.note_unreachable(tx, now, person_id, kind, idempotency_key, cause)
        return False
    await outbox.promise(tx, now, outbox.to(door), letter, kind, idempotency_key, cause, awaited)
    return True


async def best_door(tx: Transaction, person_id: str, but_not: str = "") -> Address | None:
    """The verified address to write to first, or the next best but for the one with id `but_not`."""
    for address in await addresses.of_person(tx, person_id):
        if address.verified and address.usable and address.id != but_not:
            return address
    return None


async def move(tx: Transaction, letter_id: str, address: Address) -> None:
    """Send the promise to another address of its person, with its answers."""
    # A campaign's letter reads its address from there.
    own = outbox.outbox.c.recipient.is_not(None)
    sealed = case((own, tx.seal(address.value, letter_id, "outbox.recipient")), else_=null())
    await tx.conn.execute(
        update(outbox.outbox)
        .where(outbox.outbox.c.id == letter_id)
        .values(channel=address.channel, address_id=address.id, recipient=sealed)
    )
    await choices.move(tx, letter_id, tx.blind(address.channel, address.value))


async def number_of(tx: Transaction, person_id: str) -> Address | None:
    """The person's number as it stands on the roster or was verified, whether or not it answers."""
    numbers = [a for a in await addresses.of_person(tx, person_id) if a.channel == "sms"]
    return next(iter(numbers), None)
