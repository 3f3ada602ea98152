"""The outbox: promises to say something. A promise is made in the transaction that gives the reason for it.

pending -> sending (leased before the request) -> accepted -> delivered, or unknown, or failed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, func, insert, select, update

from content.letter import ChosenBy, Letter
from storage import choices
from storage.addresses import Address, ChannelName
from storage.choices import Shown
from storage.claimed import Claimed
from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.kept_letter import as_json, kept_letter
from storage.once import insert_once

Kind = Literal["reply", "notice", "reminder", "lesson"]
# How the idempotency key ends by which a word is answered.
ANSWER = ":reply"
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

_ANSWERS = insert(outbox)


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
    row = _promised(tx, now, made, destination, said, kind, idempotency_key, cause)
    if not await insert_once(tx, outbox, row):
        return None
    await _offer(tx, now, made, destination, buttons, letter.chosen_by)
    return made


async def answer(
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
    row = _promised(tx, now, made, destination, said, "reply", f"{word_id}{ANSWER}", "")
    claimed = _claimed(made, destination, said, now + lease) if lease else None
    if claimed:
        row |= {"state": "sending", "attempts": claimed.attempts, "lease_until": claimed.lease_until}
    tx.desk.write_behind(_ANSWERS, row)
    await _offer(tx, now, made, destination, buttons, letter.chosen_by)
    return claimed


async def answers_given(tx: Transaction, now: datetime, address: Address, since: datetime) -> int:
    """How many words from this address were answered since then."""
    rows = await tx.conn.execute(
        select(func.count())
        .select_from(outbox)
        .where(
            outbox.c.person_id == address.person_id,
            outbox.c.address_id == address.id,
            outbox.c.idempotency_key.endswith(ANSWER),
            outbox.c.made_at > since,
            # What a clock far ahead wrote down is no reason to say nothing until then.
            outbox.c.made_at <= now,
        )
    )
    return rows.scalar_one()


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


def _promised(
    tx: Transaction,
    now: datetime,
    made: str,
    destination: Destination,
    said: dict[str, Any],
    kind: Kind,
    idempotency_key: str,
    cause: str,
) -> dict[str, Any]:
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


async def _offer(
    tx: Transaction,
    now: datetime,
    made: str,
    destination: Destination,
    buttons: list[list[Shown]],
    chosen_by: ChosenBy,
) -> None:
    if buttons:
        address_index = tx.blind(destination.channel, destination.value)
        await choices.offer(tx, now, made, address_index, destination.person_id, buttons, chosen_by)
