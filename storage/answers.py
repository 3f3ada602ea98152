"""Answers to words, promised by the turn that heard the word, which may carry them itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select

from content.letter import Letter
from storage import choices
from storage.addresses import Address
from storage.claimed import Claimed
from storage.database import Transaction
from storage.kept_letter import kept_letter
from storage.outbox import Destination, offer_buttons, outbox, promised_row

# How the idempotency key ends by which a word is answered.
_ANSWER = ":reply"
_ANSWERS = insert(outbox)


async def promise(
    tx: Transaction,
    now: datetime,
    destination: Destination,
    letter: Letter,
    word_id: str,
    press: dict[str, Any] | None = None,
    lease: timedelta | None = None,
) -> Claimed | None:
    """Promise the answer to a word. A word is taken once, so nobody asks whether it was promised before.

    With a `lease` the answer is claimed as it is promised, by whoever carries it when this is committed.
    """
    made, buttons = tx.new_id(now), choices.with_tokens(letter.answers)
    said = kept_letter(letter, buttons, press)
    row = promised_row(tx, now, made, destination, said, "reply", f"{word_id}{_ANSWER}", "")
    claimed = _claimed(made, destination, said, now + lease) if lease else None
    if claimed:
        row |= {"state": "sending", "attempts": claimed.attempts, "lease_until": claimed.lease_until}
        row["leased_by"] = tx.leases_as
    tx.desk.write_behind(_ANSWERS, row)
    await offer_buttons(tx, now, made, destination, buttons, letter.chosen_by)
    return claimed


async def given(tx: Transaction, now: datetime, address: Address, since: datetime) -> int:
    """How many words from this address were answered since then."""
    rows = await tx.conn.execute(
        select(func.count())
        .select_from(outbox)
        .where(
            outbox.c.person_id == address.person_id,
            outbox.c.address_id == address.id,
            outbox.c.idempotency_key.endswith(_ANSWER),
            outbox.c.made_at > since,
            # What a clock far ahead wrote down is no reason to say nothing until then.
            outbox.c.made_at <= now,
        )
    )
    return rows.scalar_one()


def _claimed(made: str, destination: Destination, said: dict[str, Any], lease_until: datetime) -> Claimed:
    return Claimed(
        id=made,
        person_id=destination.person_id,
        address_id=destination.address_id,
        channel=destination.channel,
        recipient=destination.value,
        letter=said,
        kind="reply",
        attempts=1,
        lease_until=lease_until,
    )
