"""The outbox: promises to say something. A promise is made in the transaction that gives the reason for it.

pending -> sending (leased before the request) -> accepted -> delivered, or unknown, or failed. What a
campaign that was paused has not sent is held.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, func, select, text, update

from content.letter import ChosenBy, Letter
from storage import choices
from storage.addresses import Address, ChannelName
from storage.choices import Shown
from storage.clocks import clocks_of
from storage.columns import Moment, SealedBytes, key, metadata
from storage.database import Transaction
from storage.kept_letter import as_json, kept_letter
from storage.once import insert_once

# reply: to their own word just now. urgent: somebody may be in danger, or a campaign is meant to wake people.
# security: whoever takes an account over does it at night, and is undone only by who hears of it at once.
# edit: of what they have read already, which makes no sound. help: a cry that can wait until morning.
Kind = Literal["reply", "urgent", "security", "edit", "help", "notice", "reminder", "lesson", "campaign"]
# The one list of what may come at night: whatever is not on it comes by its reader's day.
AT_ANY_HOUR: tuple[Kind, ...] = ("reply", "urgent", "security", "edit")
# Of what goes to many: somebody else may be waiting for an answer.
BULK = 3
_PRIORITY: dict[Kind, int] = {
    "reply": 0,
    "urgent": 0,
    "security": 0,
    "edit": 1,
    "help": 1,
    "notice": 1,
    "reminder": 2,
    "lesson": BULK,
    "campaign": BULK,
}
# Somebody's own word is behind these: they go out whatever the person has stopped or left.
_ASKED_FOR = ("reply", "urgent", "security", "help")
# Why a letter is left alone that may have gone out before a backup was restored.
RESTORED = "restored"

NAMED_BY_COMPANY = "channel = 'sms' AND provider_id IS NOT NULL"

outbox = Table(
    "outbox",
    metadata,
    key(),
    # A campaign's letters need none: each id says which campaign, whom, and the how-manieth letter.
    Column("idempotency_key", Text, unique=True),
    Column("campaign_id", Text, ForeignKey("campaigns.id")),
    Column("person_id", Text, ForeignKey("people.id"), index=True),
    Column("address_id", Text, ForeignKey("addresses.id")),
    Column("channel", Text, nullable=False),
    # Empty where the address row says it, and the campaign what is said.
    Column("recipient", SealedBytes),
    Column("letter", SealedBytes),
    Column("kind", Text, nullable=False),
    Column("cause", Text, nullable=False, default=""),
    Column("priority", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # How many of the attempts may have arrived without our knowing.
    Column("unsure", Integer, nullable=False, default=0),
    Column("not_before", Moment, nullable=False),
    # The time zone whose night it must not fall into; empty where it may come at any hour.
    Column("zone", Text, nullable=False, default=""),
    Column("expires_at", Moment),
    Column("lease_until", Moment),
    # The name of the process, where several share the database and it has one.
    Column("leased_by", Text),
    Column("provider_id", Text),
    Column("reason", Text),
    Column("made_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("settled_at", Moment),
    Index("ix_outbox_state_channel_priority", "state", "channel", "priority", "id"),
    Index("ix_outbox_cause", "cause"),
    # A company may name a message by its own id alone.
    Index(
        "ix_outbox_provider_id",
        "provider_id",
        sqlite_where=text(NAMED_BY_COMPANY),
        postgresql_where=text(NAMED_BY_COMPANY),
    ),
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
    awaited: bool = False,
) -> str | None:
    """Promise a letter; its id, or None where the same promise was made before.

    What is not of a kind AT_ANY_HOUR comes by its reader's day: no writer of letters has to think of it.
    `awaited`: its reader asked for it a moment ago, of whatever kind it is.
    """
    made, buttons = tx.new_id(now), choices.with_tokens(letter.answers)
    said = kept_letter(letter, buttons)
    row = promised_row(tx, now, made, destination, said, kind, idempotency_key, cause)
    if kind not in AT_ANY_HOUR and not awaited:
        row["zone"] = await clocks_of(tx, destination.person_id)
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
        "unsure": 0,
        "not_before": now,
        "zone": "",
        "made_at": now,
        "settled_at": now,
    }
    await insert_once(tx, outbox, row)


async def last_written(tx: Transaction, address: Address) -> datetime | None:
    """When the last letter but an answer went out to this address."""
    query = select(func.max(outbox.c.sent_at)).where(
        outbox.c.address_id == address.id, outbox.c.kind.not_in(_ASKED_FOR)
    )
    written: datetime | None = (await tx.conn.execute(query)).scalar_one_or_none()
    return written


async def caused_by(tx: Transaction, cause: str) -> list[str]:
    """To whom letters were promised for this cause."""
    query = select(outbox.c.person_id).where(outbox.c.cause == cause).distinct()
    return [person for (person,) in await tx.conn.execute(query) if person]


async def call_off(tx: Transaction, now: datetime, person_id: str) -> None:
    """What was promised to the person and has not gone out will not: they have left."""
    waiting = outbox.c.state.in_(["pending", "held"])
    await tx.conn.execute(
        update(outbox)
        .where(outbox.c.person_id == person_id, waiting, outbox.c.kind.not_in(_ASKED_FOR))
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
        "unsure": 0,
        "not_before": now,
        "zone": "",
        "lease_until": None,
        "leased_by": None,
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
