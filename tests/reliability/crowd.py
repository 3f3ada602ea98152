"""Many members of one branch, half with a chat and half with a number, and a notice to all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert

from content.rules.silence import deadlines
from storage import campaigns, units
from storage.addresses import addresses
from storage.campaigns import Order
from storage.database import Transaction
from storage.files import members
from storage.people import people
from storage.units import Unit

_FIRST_CHAT, _FIRST_NUMBER = 70_000, 13_900_000_000
_SAID = {"zh": "下周六上午九点，支部在活动室开会，外地的党员可以写信来。"}
_Rows = dict[Table, list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Crowd:
    """`addresses` are as the far sides know them."""

    unit_id: str
    addresses: frozenset[str]


async def found_crowd(tx: Transaction, now: datetime, size: int) -> Crowd:
    """One address each. Person by person through the storage it would take longer than the test."""
    branch = await units.found(tx, now, "柳湾村党支部", "branch", place_code="320583")
    found = [_where(n) for n in range(size)]
    rows: _Rows = {people: [], members: [], addresses: []}
    for channel, value in found:
        _move_in(tx, now, rows, branch, channel, value)
    for table, theirs in rows.items():
        await tx.conn.execute(insert(table), theirs)
    return Crowd(branch.id, frozenset(value for _, value in found))


async def notice_to(tx: Transaction, now: datetime, crowd: Crowd) -> str:
    """It goes out as soon as a process lives, at whatever hour the test runs; its id."""
    order = Order(kind="notice", words=_SAID, at_any_hour=True)
    return (await campaigns.make(tx, now, None, order, now, unit_id=crowd.unit_id)).id


def _where(n: int) -> tuple[str, str]:
    return ("sms", f"+86{_FIRST_NUMBER + n}") if n % 2 else ("telegram", str(_FIRST_CHAT + n))


def _move_in(tx: Transaction, now: datetime, rows: _Rows, branch: Unit, channel: str, value: str) -> None:
    person, address = tx.new_id(now), tx.new_id(now)
    name, dates = tx.seal("石远", person, "people.name"), deadlines(now, branch.rhythm)
    rows[people].append({"id": person, "name": name, "language": "zh", "made_at": now, "joined_at": now})
    rows[members].append(
        {
            "person_id": person,
            "unit_id": branch.id,
            "unit_path": branch.path,
            "whereabouts": "out",
            "place_code": "320506",
            "enrolled_at": now,
            "last_contact_at": now,
            "last_contact_kind": "check_in",
            "due_from": dates.due_from,
            "late_after": dates.late_after,
            "silent_after": dates.silent_after,
        }
    )
    rows[addresses].append(
        {
            "id": address,
            "person_id": person,
            "channel": channel,
            "value": tx.seal(value, address, "addresses.value"),
            "value_index": tx.blind(channel, value),
            "made_at": now,
            "verified_at": now,
        }
    )
