"""Everybody of the district whose phone is not on the page by itself: members and those who keep them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime

from content.rules.roles import ROLES, Role
from storage import addresses, members, offices, people, post, units
from storage.database import Transaction
from storage.units import Unit
from storage.viewer import the_programme


@dataclass(frozen=True, slots=True)
class Extra:
    """`number` is E.164. `chat_id` is 0 for whoever has no chat; `silent` is true of members alone."""

    id: str
    name: str
    number: str
    role: Role
    unit: str
    joined: bool
    silent: bool
    chat_id: int


async def extras(tx: Transaction, now: datetime, cast_numbers: Collection[str]) -> list[Extra]:
    """Those with the widest view first; who has no number has no phone either, and is left out."""
    found = [extra async for extra in _keepers(tx)] + [extra async for extra in _members(tx, now)]
    by_id = {extra.id: extra for extra in reversed(found)}  # the first place they hold is what they come as
    with_phone = [e for e in by_id.values() if e.number and e.number not in cast_numbers]
    return sorted(with_phone, key=lambda extra: (-ROLES.index(extra.role), extra.unit, extra.name))


async def _keepers(tx: Transaction) -> AsyncIterator[Extra]:
    for unit in await units.everyone(tx):
        for role in _roles_in(unit):
            for person_id in await offices.holders(tx, unit.path, [role]):
                name = await people.name_of(tx, person_id)
                yield await _extra(tx, person_id, name, role, unit.name, joined=True)


def _roles_in(unit: Unit) -> tuple[Role, ...]:
    if unit.kind == "branch":
        return ("secretary", "liaison")
    return ("committee",) if unit.parent_id else ("admin", "committee")


async def _members(tx: Transaction, now: datetime) -> AsyncIterator[Extra]:
    for member in await members.everyone(tx, the_programme()):
        silent = member.standing(now) == "silent"
        yield await _extra(tx, member.id, member.name, "member", member.unit, member.joined, silent)


async def _extra(
    tx: Transaction, person_id: str, name: str, role: Role, unit: str, joined: bool, silent: bool = False
) -> Extra:
    number = await post.number_of(tx, person_id)
    chats = [a.value for a in await addresses.of_person(tx, person_id) if a.channel == "telegram"]
    return Extra(
        person_id,
        name,
        number.value if number else "",
        role,
        unit,
        joined,
        silent,
        int(chats[0]) if chats else 0,
    )
