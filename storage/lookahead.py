"""What the next words will be looked up by, looked up for all of them at once.

Nobody reads here what they may not: these are the rows about whoever is about to speak, and
`addresses.behind`, `members.find` and the others open them as they open their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, Select

from storage import addresses, answering, dialogues, offices, people
from storage.database import Transaction
from storage.desk import Found, Place
from storage.files import files, members
from storage.viewer import the_programme


async def look_ahead(tx: Transaction, senders: Sequence[tuple[str, str]]) -> None:
    """From here on what is known of these (channel, address) is at hand, until something changes it."""
    if not senders:
        return
    indexes = [tx.blind(channel, value) for channel, value in senders]
    claims = await _found(tx, "addresses", indexes, addresses.claims_on(indexes), lambda row: row.value_index)
    speaking = sorted({rows[0].person_id for rows in claims.values() if rows})
    file = files(the_programme()).where(members.c.person_id.in_(speaking))
    seen = dict(claims)
    seen |= await _found(tx, "people", speaking, people.by_ids(speaking), lambda row: row.id)
    seen |= await _found(tx, "offices", speaking, offices.held_by(speaking), lambda row: row.person_id)
    seen |= await _found(tx, "members", speaking, file, lambda row: row.person_id)
    seen |= await _found(tx, "dialogues", speaking, dialogues.put_to(speaking), lambda row: row.person_id)
    for chosen_by in ("number", "letter"):
        asked = answering.last_to(indexes, chosen_by)
        places = [(index, chosen_by) for index in indexes]
        seen |= await _found(tx, "choices", places, asked, lambda row: (row.address_index, row.chosen_by))
    tx.desk.foresee(seen)


async def _found(
    tx: Transaction,
    table: str,
    sought: Iterable[object],
    query: Select[Any],
    by: Callable[[Row[Any]], object],
) -> dict[Place, Found]:
    """The rows by what was sought; no rows where there are none, which is worth knowing as well."""
    found: dict[Place, Found] = {(table, one): [] for one in sought}
    for row in await tx.conn.execute(query):
        found[table, by(row)].append(row)
    return found
