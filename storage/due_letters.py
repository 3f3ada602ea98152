"""Letters whose turn it is, each with what its address, its reader and its campaign have to say to that."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, or_, select

from storage.addresses import addresses
from storage.campaign_life import HALTED
from storage.campaigns import campaigns
from storage.columns import Moment
from storage.database import Transaction
from storage.outbox import outbox
from storage.people import people

# What a person is rid of by TD.
_STOPPABLE = ("lesson", "campaign", "reminder")
_UNWANTED = people.c.lessons_stopped_at.is_not(None) & outbox.c.kind.in_(_STOPPABLE)
# Since the promise was made: a farewell is promised to an address in the moment in which it is shut.
_SHUT = or_(addresses.c.suspended_at > outbox.c.made_at, addresses.c.ended_at > outbox.c.made_at)
# Hundreds are taken up at a time, and all but a few are as they should be.
_NEEDS_A_LOOK = or_(
    (outbox.c.state == "sending") & (outbox.c.unsure > 0),
    campaigns.c.state.in_(HALTED),
    outbox.c.expires_at.is_not(None),
    _UNWANTED,
    _SHUT,
)


class DueLetter(NamedTuple):
    """Of a campaign's letter `letter` and `recipient` are empty, and `value` is its sealed address.

    Only what `needs_a_look` can have anything against it, but for the hour.
    """

    id: str
    person_id: str | None
    address_id: str | None
    channel: str
    recipient: bytes | None
    letter: bytes | None
    kind: str
    state: str
    attempts: int
    unsure: int
    zone: str
    expires_at: datetime | None
    reason: str | None
    sent_at: datetime | None
    campaign_id: str | None
    value: bytes
    language: str
    campaign_state: str | None
    needs_a_look: bool | None
    is_shut: bool | None
    is_unwanted: bool | None


_LOOK = (
    select(
        outbox.c.id,
        outbox.c.person_id,
        outbox.c.address_id,
        outbox.c.channel,
        outbox.c.recipient,
        outbox.c.letter,
        outbox.c.kind,
        outbox.c.state,
        outbox.c.attempts,
        outbox.c.unsure,
        outbox.c.zone,
        outbox.c.expires_at,
        outbox.c.reason,
        outbox.c.sent_at,
        outbox.c.campaign_id,
        addresses.c.value,
        people.c.language,
        campaigns.c.state,
        _NEEDS_A_LOOK,
        _SHUT,
        _UNWANTED,
    )
    .outerjoin(addresses, addresses.c.id == outbox.c.address_id)
    .outerjoin(people, people.c.id == outbox.c.person_id)
    .outerjoin(campaigns, campaigns.c.id == outbox.c.campaign_id)
)


async def due_letters(
    tx: Transaction, now: datetime, limit: int, channel: str, from_priority: int, to_priority: int
) -> list[DueLetter]:
    """Those whose lease ran out with its process, then those that wait; locked. An empty channel is any."""
    wanted = {"now": now, "channel": channel, "from_priority": from_priority, "to_priority": to_priority}
    found: list[DueLetter] = []
    # One state at a time, which the index gives in their order however many there are.
    for due in (_ABANDONED, _PENDING):
        rows = await tx.conn.execute(
            _of_one_door(due) if channel else due, wanted | {"limit": limit - len(found)}
        )
        found += map(DueLetter._make, rows.all())
    return found


def _in_order(due: ColumnElement[bool]) -> Select[Any]:
    wanted = outbox.c.priority.between(bindparam("from_priority"), bindparam("to_priority"))
    query = _LOOK.where(due, wanted).order_by(outbox.c.priority, outbox.c.id)
    return query.limit(bindparam("limit")).with_for_update(skip_locked=True, of=outbox)


@cache
def _of_one_door(due: Select[Any]) -> Select[Any]:
    return due.where(outbox.c.channel == bindparam("channel"))


_NOW = bindparam("now", type_=Moment)
_ABANDONED = _in_order((outbox.c.state == literal_column("'sending'")) & (outbox.c.lease_until <= _NOW))
_PENDING = _in_order((outbox.c.state == literal_column("'pending'")) & (outbox.c.not_before <= _NOW))
