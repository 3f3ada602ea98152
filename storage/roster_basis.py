"""What a plan of an import rests on: read for many at once, and known again when it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select, text

from storage.addresses import addresses
from storage.database import Transaction

_AT_ONCE = 1_000

# All that a plan of an import looks at. A check-in is not in it: it may come while the plan is made.
_LOOKED_AT = (
    "SELECT id, parent_id, path, kind, name FROM units ORDER BY id",
    "SELECT id, name FROM people ORDER BY id",
    "SELECT * FROM offices ORDER BY id",
    "SELECT id, person_id, verified_at, ended_at FROM addresses ORDER BY id",
    "SELECT person_id, unit_id, liaison_id, whereabouts, place_code, address, employer, job, reason,"
    " family_phone, out_since, dues_until, joined_party_on FROM members ORDER BY person_id",
    "SELECT count(*), max(id) FROM changes",
)


async def looked_at(tx: Transaction) -> str:
    """A digest of all that a plan rests on: the same twice means that nothing of it changed between."""
    digest = hashlib.sha256()
    for query in _LOOKED_AT:
        for row in await tx.conn.execute(text(query)):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


async def owners_of(tx: Transaction, numbers: Iterable[str]) -> dict[str, str]:
    """Whose number each is, by number, as `addresses.behind` would tell them one by one."""
    by_index = {tx.vault.blind("sms", number): number for number in numbers}
    owners: dict[str, str] = {}
    indexes = list(by_index)
    for at in range(0, len(indexes), _AT_ONCE):
        rows = await tx.conn.execute(
            select(addresses.c.value_index, addresses.c.person_id)
            .where(addresses.c.value_index.in_(indexes[at : at + _AT_ONCE]), addresses.c.ended_at.is_(None))
            .order_by(addresses.c.verified_at.is_(None), addresses.c.id.desc())
        )
        for row in rows:
            owners.setdefault(by_index[bytes(row.value_index)], row.person_id)
    return owners


async def disowned(tx: Transaction) -> frozenset[tuple[str, bytes]]:
    """(person, blind index of a number) of which somebody at the number said that it is not theirs."""
    rows = await tx.conn.execute(
        select(addresses.c.person_id, addresses.c.value_index).where(addresses.c.ended_for == "disowned")
    )
    return frozenset((row.person_id, bytes(row.value_index)) for row in rows)
