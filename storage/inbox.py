"""The inbox: what came from outside, kept before it is acknowledged, each message once. (Nothing is lost.)"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
from sqlalchemy import (
    Column,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    update,
)

from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.once import insert_once_behind
from storage.vault import SealBroken

Payload = Mapping[str, Any]
_NOTHING: Mapping[str, Payload] = MappingProxyType({})

inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", Text, nullable=False),
    Column("external_id", Text, nullable=False),
    Column("payload", SealedBytes, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("settled_at", Moment),
    Column("reason", Text),
    UniqueConstraint("channel", "external_id"),
    Index("ix_inbox_state_id", "state", "id"),
)


class Raw(NamedTuple):
    """A message as it came: `external_id` is the other side's, by which a repeat is known."""

    channel: str
    external_id: str
    payload: Payload


class Received(NamedTuple):
    """`payload` is None where its seal is broken."""

    id: str
    channel: str
    payload: Payload | None
    received_at: datetime
    attempts: int


async def keep(tx: Transaction, now: datetime, raws: Iterable[Raw]) -> dict[str, Payload]:
    """Store what is new. A message that came before is passed over.

    The payloads by the ids that they have from now on, those that are passed over among them.
    """
    kept: dict[str, Payload] = {}
    for raw in raws:
        made = tx.new_id(now)
        insert_once_behind(tx, inbox, _row(tx, now, made, raw))
        kept[made] = raw.payload
    return kept


async def next_new(
    tx: Transaction, limit: int = 1, at_hand: Mapping[str, Payload] = _NOTHING
) -> list[Received]:
    """The oldest messages whose turn was not taken, locked for this transaction where that can be.

    What is `at_hand`, from `keep`, need not be opened to be read.
    """
    rows = await tx.conn.execute(
        select(inbox)
        .where(inbox.c.state == "new")
        .order_by(inbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_received(tx, row, at_hand) for row in rows]


async def mark_done(tx: Transaction, now: datetime, taken: Sequence[Received]) -> None:
    """Their turns were taken, in this very transaction."""
    if not taken:
        return
    ids = [received.id for received in taken]
    done = update(inbox).where(inbox.c.id.in_(ids)).values(state="done", settled_at=now, reason=None)
    await tx.conn.execute(done)


async def mark_dead(tx: Transaction, now: datetime, received: Received, reason: str) -> None:
    """Put aside a message that the program cannot take, so that it blocks nobody."""
    dead = {"state": "dead", "settled_at": now, "reason": reason}
    await tx.conn.execute(update(inbox).where(inbox.c.id == received.id).values(**dead))


async def note_failure(tx: Transaction, received: Received) -> int:
    """One more failed attempt; how many there were."""
    tried = received.attempts + 1
    await tx.conn.execute(update(inbox).where(inbox.c.id == received.id).values(attempts=tried))
    return tried


async def tally(tx: Transaction) -> dict[str, int]:
    """How many messages are in each state."""
    rows = await tx.conn.execute(select(inbox.c.state, func.count()).group_by(inbox.c.state))
    return {row[0]: row[1] for row in rows}


def _row(tx: Transaction, now: datetime, made: str, raw: Raw) -> dict[str, object]:
    return {
        "id": made,
        "channel": raw.channel,
        "external_id": raw.external_id,
        "payload": tx.seal(_as_json(raw.payload), made, "inbox.payload"),
        "received_at": now,
        "state": "new",
        "attempts": 0,
    }


def _as_json(payload: Payload) -> str:
    try:
        return orjson.dumps(payload).decode()
    except TypeError:
        # Escaped: an SMS in a foreign charset comes with bytes that are no text yet.
        return json.dumps(payload)


def _payload(tx: Transaction, row: Row[tuple[object, ...]]) -> Payload | None:
    """One message that does not open must not keep all behind it waiting."""
    try:
        opened: dict[str, Any] = json.loads(tx.open(row.payload, row.id, "inbox.payload"))
    except SealBroken:
        return None
    return opened


def _received(tx: Transaction, row: Row[tuple[object, ...]], at_hand: Mapping[str, Payload]) -> Received:
    return Received(
        id=row.id,
        channel=row.channel,
        payload=at_hand.get(row.id) or _payload(tx, row),
        received_at=row.received_at,
        attempts=row.attempts,
    )
