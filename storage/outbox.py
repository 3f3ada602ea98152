"""The outbox: promises to say something. A promise is made in the transaction that gives the reason for it.

pending -> sending (leased before the request) -> accepted -> delivered, or unknown, or failed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, func, select, update

from content.letter import ChosenBy, Letter
from storage import choices
from storage.addresses import Address, ChannelName
from storage.choices import Shown
from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.kept_letter import as_json, kept_letter
from storage.once import insert_once

Kind = Literal["reply", "notice", "reminder", "lesson"]
_PRIORITY: dict[Kind, int] = {"reply": 0, "notice": 1, "reminder": 2, "lesson": 3}

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("idempotency_key", Text, nullable=False, unique=True),
    Column("person_id", Text, ForeignKey("people.id"), index=True),
    Column("address_id", Text, ForeignKey("addresses.id")),
    Column("channel", Text, nullable=False),
    Column("recipient", SealedBytes),
    Column("letter", SealedBytes, nullable=False),
    Column("kind", Text, nullable=False),
    Column("cause", Text, nullable=False, default=""),
    Column("priority", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("provider_id", Text),
    Column("reason", Text),
    Column("made_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("settled_at", Moment),
    Index("ix_outbox_state_channel_priority", "state", "channel", "priority", "id"),
    Index("ix_outbox_cause", "cause"),
)


class Destination(NamedTuple):
    """Where a promise goes. A stranger has no person and no address row, only a way to be answered."""

    channel: ChannelName
    value: str
    person_id: str | None = None
    address_id: str | None = None


def to(address: Address) -> Destination:
    return Destination(address.channel, address.value, address.person_id, address.id)


async def promise(
    tx: Transaction,
    now: datetime,
    destination: Destination,
    letter: Letter,
    kind: Kind,
    idempotency_key: str,
    cause: str = "",
) -> str | None:
    """Promise a letter; its id, or None where the same promise was made before."""
    made, buttons = tx.new_id(now), choices.with_tokens(letter.answers)
    said = kept_letter(letter, buttons)
    row = promised_row(tx, now, made, destination, said, kind, idempotency_key, cause)
    if not await insert_once(tx, outbox, row):
        return None
    await offer_buttons(tx, now, made, destination, buttons, letter.chosen_by)
    return made


async def note_unreachable(
    tx: Transaction, now: datetime, person_id: str, kind: Kind, idempotency_key: str, cause: str = ""
) -> None:
    """Somebody without any address that works: the sender is to see them among the failed, not nowhere."""
    made = tx.new_id(now)
    row = {
        "id": made,
        "idempotency_key": idempotency_key,
        "person_id": person_id,
        "channel": "none",
        "letter": tx.seal("{}", made, "outbox.letter"),
        "kind": kind,
        "cause": cause,
        "priority": _PRIORITY[kind],
        "state": "failed",
        "reason": "no_address",
        "attempts": 0,
        "not_before": now,
        "made_at": now,
        "settled_at": now,
    }
    await insert_once(tx, outbox, row)


async def last_written(tx: Transaction, address: Address) -> datetime | None:
    """When the last letter but an answer went out to this address."""
    query = select(func.max(outbox.c.sent_at)).where(
        outbox.c.address_id == address.id, outbox.c.kind.in_(["reminder", "lesson", "notice"])
    )
    written: datetime | None = (await tx.conn.execute(query)).scalar_one_or_none()
    return written


async def call_off(tx: Transaction, now: datetime, person_id: str) -> None:
    """What was promised to the person and has not gone out will not: they have left."""
    await tx.conn.execute(
        update(outbox)
        .where(outbox.c.person_id == person_id, outbox.c.state == "pending", outbox.c.kind != "reply")
        .values(state="failed", reason="withdrawn", settled_at=now)
    )


def promised_row(
    tx: Transaction,
    now: datetime,
    made: str,
    destination: Destination,
    said: dict[str, Any],
    kind: Kind,
    idempotency_key: str,
    cause: str,
) -> dict[str, Any]:
    """The row of a promise that waits to be taken up."""
    return {
        "id": made,
        "idempotency_key": idempotency_key,
        "person_id": destination.person_id,
        "address_id": destination.address_id,
        "channel": destination.channel,
        "recipient": tx.seal(destination.value, made, "outbox.recipient"),
        "letter": tx.seal(as_json(said), made, "outbox.letter"),
        "kind": kind,
        "cause": cause,
        "priority": _PRIORITY[kind],
        "state": "pending",
        "attempts": 0,
        "not_before": now,
        "lease_until": None,
        "made_at": now,
    }


async def offer_buttons(
    tx: Transaction,
    now: datetime,
    made: str,
    destination: Destination,
    buttons: list[list[Shown]],
    chosen_by: ChosenBy,
) -> None:
    """Keep what the buttons of a promised letter mean, for whoever presses them."""
    if buttons:
        address_index = tx.blind(destination.channel, destination.value)
        await choices.offer(tx, now, made, address_index, destination.person_id, buttons, chosen_by)
