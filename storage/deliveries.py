"""The outbox from the other side: what became of an attempt. Only the roof's delivery works with this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Update, bindparam, case, func, literal, literal_column, null, select, update

from content.rules.receipts import is_ours
from content.rules.retry import MENDED_AT_THE_SOONEST
from storage import post, recipients, suspects
from storage.addresses import Address
from storage.among import among, as_given, given
from storage.campaigns import campaigns
from storage.claimed import Claimed
from storage.columns import Moment
from storage.database import Transaction
from storage.outbox import outbox


async def end_leases_of_the_dead(tx: Transaction, now: datetime, left: Collection[str] | None = None) -> int:
    """At the start of a process: what the one before it was sending is due again at once; how many.

    `left`: the letters that had left it; the others are as if nobody had taken them up. None where nobody
    knows which those were, and each may have arrived.
    All that are leased on SQLite, whose one program this is. On PostgreSQL another may be at work: those
    that were leased in this process's name, and where it has none time ends the lease.
    """
    sending = (outbox.c.state == "sending") & (outbox.c.lease_until > now)
    if tx.conn.dialect.name != "sqlite":
        if tx.leases_as is None:
            return 0
        sending &= outbox.c.leased_by == tx.leases_as
    if left is None:
        return (await tx.conn.execute(update(outbox).where(sending).values(lease_until=now))).rowcount
    theirs = sending & among(tx, outbox.c.id, left)
    ended = (await tx.conn.execute(update(outbox).where(theirs).values(lease_until=now))).rowcount
    untouched = {"state": "pending", "lease_until": None, "attempts": outbox.c.attempts - 1}
    return ended + (await tx.conn.execute(update(outbox).where(sending).values(**untouched))).rowcount


async def accepted(
    tx: Transaction, now: datetime, leased_until: datetime, provider_ids: Mapping[str, str]
) -> None:
    """These letters were taken by the other side, each under this id of its own.

    A campaign writes twenty thousand of them a second.
    """
    values = {"leased_until": leased_until, "now": now, "theirs": as_given(provider_ids)}
    await tx.conn.execute(_accepted(tx.conn.dialect.name), values)


@cache
def _accepted(dialect: str) -> Update:
    theirs = given(dialect, "theirs")
    return (
        update(outbox)
        .where(outbox.c.id == theirs.c.key, outbox.c.lease_until == bindparam("leased_until"))
        .values(
            state=literal_column("'accepted'"),
            provider_id=theirs.c.value,
            sent_at=bindparam("now"),
            reason=null(),
            lease_until=null(),
        )
    )


async def retry(tx: Transaction, claimed: Claimed, reason: str, not_before: datetime) -> None:
    state = await _state_for(tx, claimed)
    await _settle(tx, claimed, state=state, reason=reason, not_before=not_before)


async def put_back(tx: Transaction, letters: Sequence[Claimed], not_before: datetime) -> None:
    """They were not tried: a letter to the same person that goes before them has to wait.

    Those of a campaign that was paused meanwhile wait with the others that are held.
    """
    alike: dict[tuple[str | None, datetime], list[Claimed]] = defaultdict(list)
    for one in letters:
        alike[one.campaign_id, one.lease_until].append(one)
    for (_, leased_until), together in alike.items():
        values = {"state": await _state_for(tx, together[0]), "attempts": outbox.c.attempts - 1}
        ours = among(tx, outbox.c.id, [one.id for one in together]) & (outbox.c.lease_until == leased_until)
        await tx.conn.execute(
            update(outbox).where(ours).values(lease_until=None, not_before=not_before, **values)
        )


async def failed(tx: Transaction, now: datetime, claimed: Claimed, reason: str) -> None:
    if await _settle(tx, claimed, state="failed", reason=reason, settled_at=now) and claimed.campaign_id:
        await recipients.stumbled(tx, now, claimed.id)


async def unknown(tx: Transaction, now: datetime, claimed: Claimed, reason: str) -> None:
    """It may have been sent. It is kept apart until a receipt or a person settles it."""
    await _settle(tx, claimed, state="unknown", reason=reason, sent_at=now)


async def unknown_but_urgent(tx: Transaction, now: datetime, claimed: Claimed, reason: str) -> None:
    """A cry for help rather comes twice than not at all: once more, and at once."""
    await _settle(tx, claimed, state="pending", reason=reason, not_before=now, unsure=1)


async def send_elsewhere(tx: Transaction, now: datetime, claimed: Claimed, address: Address) -> None:
    """Give the promise to another address of the same person, with its answers."""
    if await _settle(tx, claimed, state="pending", attempts=0, not_before=now):
        await post.move(tx, claimed.id, address)


async def receipt(tx: Transaction, now: datetime, outbox_id: str, delivered: bool, reason: str) -> bool:
    """What the receipt says of a message that was taken; False where nobody waits for it.

    A receipt settles `unknown` too, and the same one twice changes nothing. One that tells of a failed
    attempt takes nothing from a letter that waits for the next.
    """
    if is_ours(reason) and await _waits_to_be_mended(tx, now, outbox_id, reason):
        return True
    waiting = ["accepted", "unknown", "sending"] + (["pending"] if delivered else [])
    settled = await tx.conn.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, outbox.c.state.in_(waiting))
        .values(
            state="delivered" if delivered else "failed",
            reason=reason or None,
            sent_at=func.coalesce(outbox.c.sent_at, literal(now, Moment)),
            settled_at=now,
            lease_until=None,
        )
    )
    if settled.rowcount and delivered:
        await recipients.arrived_late(tx, now, outbox_id)
    elif settled.rowcount:
        await recipients.stumbled(tx, now, outbox_id)
        await suspects.failed_by_receipt(tx, now, outbox_id, reason)
    return bool(settled.rowcount)


async def _waits_to_be_mended(tx: Transaction, now: datetime, outbox_id: str, reason: str) -> bool:
    """A letter to many that was turned away on the way for what is ours to mend: it goes out once that is."""
    of_paused = select(campaigns.c.id).where(campaigns.c.state == "paused")
    put_back = await tx.conn.execute(
        update(outbox)
        .where(
            outbox.c.id == outbox_id,
            outbox.c.campaign_id.is_not(None),
            outbox.c.state.in_(["accepted", "unknown", "sending"]),
        )
        .values(
            state=case((outbox.c.campaign_id.in_(of_paused), "held"), else_="pending"),
            reason=reason,
            lease_until=None,
            not_before=now + MENDED_AT_THE_SOONEST,
        )
    )
    return bool(put_back.rowcount)


async def next_due(tx: Transaction) -> datetime | None:
    """When the next pending promise may be sent."""
    query = select(func.min(outbox.c.not_before)).where(outbox.c.state == "pending")
    due: datetime | None = (await tx.conn.execute(query)).scalar_one_or_none()
    return due


async def tally(tx: Transaction) -> dict[str, int]:
    """How many promises are in each state."""
    rows = await tx.conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


async def _state_for(tx: Transaction, claimed: Claimed) -> str:
    """Where what is not sent yet belongs: a pause finds only what lies in the outbox at that moment."""
    if not claimed.campaign_id:
        return "pending"
    query = select(campaigns.c.state).where(campaigns.c.id == claimed.campaign_id)
    state = (await tx.conn.execute(query.with_for_update(read=True))).scalar_one()
    return "held" if state == "paused" else "pending"


async def _settle(tx: Transaction, claimed: Claimed, **values: object) -> bool:
    """Write down how an attempt ended, if the promise is still ours.

    Whoever let the lease run out has lost it to another attempt, or to a receipt that was faster.
    """
    settled = await tx.conn.execute(
        update(outbox)
        .where(outbox.c.id == claimed.id, outbox.c.lease_until == claimed.lease_until)
        .values(lease_until=None, **values)
    )
    return bool(settled.rowcount)
