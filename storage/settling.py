"""Letters of which nobody knows whether they arrived: what becomes of them when somebody says, or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, Select, false, func, or_, select, true, update

from storage.addresses import addresses
from storage.campaign_letters import CampaignLetters
from storage.database import Transaction
from storage.opened import recipient_in, words_in
from storage.outbox import RESTORED, outbox
from storage.people import people
from storage.vault import SealBroken

# What somebody is better told twice than never. An answer that comes half an hour late helps nobody.
_SENT_AGAIN = ("lesson", "campaign", "reminder", "notice", "security", "help")
_LOOK: Select[Any] = (
    select(
        outbox.c.id,
        outbox.c.person_id,
        outbox.c.address_id,
        outbox.c.channel,
        outbox.c.recipient,
        outbox.c.letter,
        outbox.c.kind,
        outbox.c.campaign_id,
        outbox.c.provider_id,
        outbox.c.sent_at,
        addresses.c.value,
        people.c.language,
    )
    .outerjoin(addresses, addresses.c.id == outbox.c.address_id)
    .outerjoin(people, people.c.id == outbox.c.person_id)
)


Span = tuple[datetime, datetime]


class Unsettled(NamedTuple):
    """One that left at `sent_at`, opened as far as it opens: else `recipient` is empty, `letter` None."""

    id: str
    person_id: str | None
    channel: str
    recipient: str
    letter: Mapping[str, Any] | None
    kind: str
    provider_id: str
    sent_at: datetime


async def unsettled(
    tx: Transaction,
    channel: str,
    spans: Sequence[Span],
    after: Unsettled | None = None,
    limit: int = 50,
    state: Literal["unknown", "accepted"] = "unknown",
) -> list[Unsettled]:
    """The next of those that left in one of the spans, (since, until]; oldest first, those behind `after`.

    Those that left without an answer; `accepted`: those that were taken, and have no receipt.
    """
    left = ((outbox.c.sent_at > since) & (outbox.c.sent_at <= until) for since, until in spans)
    query = (
        _LOOK.where(outbox.c.state == state, outbox.c.channel == channel, or_(false(), *left))
        .where(func.coalesce(outbox.c.reason, "") != RESTORED)
        .order_by(outbox.c.sent_at, outbox.c.id)
        .limit(limit)
    )
    if after:
        later = (outbox.c.sent_at == after.sent_at) & (outbox.c.id > after.id)
        query = query.where((outbox.c.sent_at > after.sent_at) | later)
    rows = list(await tx.conn.execute(query))
    said = CampaignLetters(tx)
    await said.read(
        {(row.campaign_id, row.language) for row in rows if row.letter is None and row.campaign_id}
    )
    return [_unsettled(tx, said, row) for row in rows]


async def was_taken(tx: Transaction, letter_id: str, provider_id: str = "") -> bool:
    """The other side has it, and its receipt, which may name it by their own id, is still to come."""
    theirs = {"provider_id": provider_id} if provider_id else {}
    return await _settle(tx, letter_id, state="accepted", **theirs)


async def never_taken(tx: Transaction, now: datetime, letter_id: str) -> bool:
    """The other side knows nothing of it: it goes out as if for the first time."""
    return await _settle(tx, letter_id, state="pending", not_before=now, reason=None)


async def send_again(
    tx: Transaction, now: datetime, channel: str, before: datetime, asked_about: Sequence[str] | None = None
) -> int:
    """What nobody could say anything of since then goes out once more, and only once; how many.

    Of those that were `asked_about`; None where nobody can be asked. What may have come twice is counted in
    `unsure`, which the account shows.
    """
    asked = true() if asked_about is None else outbox.c.id.in_(asked_about)
    again = await tx.conn.execute(
        update(outbox)
        .where(outbox.c.state == "unknown", outbox.c.channel == channel, outbox.c.sent_at <= before, asked)
        .where(outbox.c.unsure == 0, outbox.c.kind.in_(_SENT_AGAIN), outbox.c.reason != RESTORED)
        .values(state="pending", unsure=1, not_before=now)
    )
    return again.rowcount


async def letter_named(tx: Transaction, provider_id: str, number: str) -> str | None:
    """Which letter a company means by its own id; by the number besides, where that stands for a batch."""
    query: Select[Any] = select(outbox.c.id).where(
        outbox.c.channel == "sms", outbox.c.provider_id == provider_id
    )
    if number:
        query = query.join(addresses, addresses.c.id == outbox.c.address_id)
        query = query.where(addresses.c.value_index == tx.blind("sms", number))
    return await _the_only(tx, query)


async def letter_unanswered(tx: Transaction, since: datetime, provider_id: str, number: str) -> str | None:
    """The one letter to this number whose taking nobody told us of, known by the company's id from now on:
    that was in an answer that is lost, or still on its way. None where there are several.
    """
    may_have_left = or_(
        outbox.c.state == "sending",
        (outbox.c.state == "unknown") & (outbox.c.sent_at > since) & (outbox.c.reason != RESTORED),
        (outbox.c.state == "pending") & (outbox.c.sent_at > since) & (outbox.c.unsure > 0),
    )
    query: Select[Any] = (
        select(outbox.c.id)
        # By the person: of their letters there are few, and of those under way there may be thousands.
        .join(addresses, addresses.c.person_id == outbox.c.person_id)
        .where(addresses.c.id == outbox.c.address_id, addresses.c.value_index == tx.blind("sms", number))
        .where(outbox.c.channel == "sms", may_have_left)
    )
    found = await _the_only(tx, query)
    if found:
        # Of a long text each part may have a receipt: the next one is of no other letter.
        await tx.conn.execute(update(outbox).where(outbox.c.id == found).values(provider_id=provider_id))
    return found


async def _the_only(tx: Transaction, query: Select[Any]) -> str | None:
    found: list[str] = list((await tx.conn.execute(query.limit(2))).scalars())
    return found[0] if len(found) == 1 else None


def _unsettled(tx: Transaction, said: CampaignLetters, row: Row[Any]) -> Unsettled:
    recipient, letter = "", None
    with suppress(SealBroken):
        recipient = recipient_in(tx, row)
        letter = words_in(tx, said, row)
    left = row.provider_id or "", row.sent_at
    return Unsettled(row.id, row.person_id, row.channel, recipient, letter, row.kind, *left)


async def _settle(tx: Transaction, letter_id: str, **values: object) -> bool:
    still = (outbox.c.id == letter_id) & (outbox.c.state == "unknown")
    return bool((await tx.conn.execute(update(outbox).where(still).values(**values))).rowcount)
