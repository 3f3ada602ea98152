"""The outbox from the other side: claimed, sent, settled. Only `bot/delivery.py` works with this."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Row, bindparam, func, literal, select, update

from storage import choices
from storage.addresses import Address
from storage.claimed import Claimed
from storage.columns import Moment
from storage.database import Transaction
from storage.desk import Found
from storage.outbox import outbox
from storage.vault import SealBroken

_ACCEPTED = update(outbox).where(
    outbox.c.id == bindparam("which"), outbox.c.lease_until == bindparam("leased_until")
)


async def claim(
    tx: Transaction, now: datetime, lease: timedelta, limit: int = 50, channel: str = ""
) -> list[Claimed]:
    """Take promises that are due, or whose lease ran out with its process, for `lease` from now.

    Those of one channel, or of all where it is empty.

    The lease is committed before anything is sent, so a crash is followed by one more attempt and
    never by silence.
    """
    abandoned = (outbox.c.state == "sending") & (outbox.c.lease_until <= now)
    pending = (outbox.c.state == "pending") & (outbox.c.not_before <= now)
    rows = await _next(tx, abandoned, channel, limit)
    rows += await _next(tx, pending, channel, limit - len(rows))
    if not rows:
        return []
    await tx.conn.execute(
        update(outbox)
        .where(outbox.c.id.in_([row.id for row in rows]))
        .values(state="sending", lease_until=now + lease, attempts=outbox.c.attempts + 1)
    )
    return [claimed for row in rows if (claimed := await _opened(tx, now, row, now + lease))]


async def end_leases_of_the_dead(tx: Transaction, now: datetime) -> int:
    """At the start of a process: what the one before it was sending is due again at once; how many.

    On SQLite alone, whose one program this is. On PostgreSQL another may be at work, and time ends the lease.
    """
    if tx.conn.dialect.name != "sqlite":
        return 0
    sending = (outbox.c.state == "sending") & (outbox.c.lease_until > now)
    ended = await tx.conn.execute(update(outbox).where(sending).values(lease_until=now))
    return ended.rowcount


async def accepted(tx: Transaction, now: datetime, claimed: Claimed, provider_id: str) -> None:
    row = {
        "which": claimed.id,
        "leased_until": claimed.lease_until,
        "state": "accepted",
        "provider_id": provider_id,
        "sent_at": now,
        "reason": None,
        "lease_until": None,
    }
    tx.desk.write_behind(_ACCEPTED, row)


async def retry(tx: Transaction, claimed: Claimed, reason: str, not_before: datetime) -> None:
    await _settle(tx, claimed, state="pending", reason=reason, not_before=not_before)


async def put_back(tx: Transaction, claimed: Claimed, not_before: datetime) -> None:
    """It was not tried: a letter to the same person that goes before it has to wait."""
    await _settle(tx, claimed, state="pending", attempts=claimed.attempts - 1, not_before=not_before)


async def failed(tx: Transaction, now: datetime, claimed: Claimed, reason: str) -> None:
    await _settle(tx, claimed, state="failed", reason=reason, settled_at=now)


async def unknown(tx: Transaction, now: datetime, claimed: Claimed, reason: str) -> None:
    """It may have been sent. It is kept apart until a receipt or a person settles it."""
    await _settle(tx, claimed, state="unknown", reason=reason, sent_at=now)


async def send_elsewhere(tx: Transaction, now: datetime, claimed: Claimed, address: Address) -> None:
    """Give the promise to another address of the same person, with its answers."""
    moved = await _settle(
        tx,
        claimed,
        state="pending",
        channel=address.channel,
        address_id=address.id,
        recipient=tx.seal(address.value, claimed.id, "outbox.recipient"),
        attempts=0,
        not_before=now,
    )
    if moved:
        await choices.move(tx, claimed.id, tx.blind(address.channel, address.value))


async def receipt(tx: Transaction, now: datetime, outbox_id: str, delivered: bool, reason: str) -> bool:
    """What the receipt says of a message that was taken; False where nobody waits for it.

    A receipt settles `unknown` too, and the same one twice changes nothing. One that tells of a failed
    attempt takes nothing from a letter that waits for the next.
    """
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
    return bool(settled.rowcount)


async def next_due(tx: Transaction) -> datetime | None:
    """When the next pending promise may be sent."""
    query = select(func.min(outbox.c.not_before)).where(outbox.c.state == "pending")
    due: datetime | None = (await tx.conn.execute(query)).scalar_one_or_none()
    return due


async def tally(tx: Transaction) -> dict[str, int]:
    """How many promises are in each state."""
    rows = await tx.conn.execute(select(outbox.c.state, func.count()).group_by(outbox.c.state))
    return {row[0]: row[1] for row in rows}


async def _next(tx: Transaction, due: ColumnElement[bool], channel: str, limit: int) -> Found:
    """One state at a time, which the index gives in their order however many there are."""
    query = select(outbox).where(due).order_by(outbox.c.priority, outbox.c.id).limit(limit)
    if channel:
        query = query.where(outbox.c.channel == channel)
    return list(await tx.conn.execute(query.with_for_update(skip_locked=True)))


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


async def _opened(
    tx: Transaction, now: datetime, row: Row[tuple[object, ...]], lease_until: datetime
) -> Claimed | None:
    """One promise that does not open is put aside: it must not keep everybody's letters waiting."""
    try:
        return _claimed(tx, row, lease_until)
    except SealBroken:
        await tx.conn.execute(
            update(outbox)
            .where(outbox.c.id == row.id)
            .values(state="failed", reason="seal_broken", settled_at=now, lease_until=None)
        )
        return None


def _claimed(tx: Transaction, row: Row[tuple[object, ...]], lease_until: datetime) -> Claimed:
    return Claimed(
        id=row.id,
        person_id=row.person_id,
        address_id=row.address_id,
        channel=row.channel,
        recipient=tx.open(row.recipient, row.id, "outbox.recipient"),
        letter=json.loads(tx.open(row.letter, row.id, "outbox.letter")),
        kind=row.kind,
        attempts=row.attempts + 1,
        lease_until=lease_until,
    )
