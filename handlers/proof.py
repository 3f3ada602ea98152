"""How a door was proven: the number on the roster outranks a link, which anybody can pass on."""

from __future__ import annotations

from datetime import datetime

from handlers.turn import Turn
from storage import addresses
from storage.addresses import Address
from storage.number_claims import UNDONE_WITHIN


async def doors_below(turn: Turn, person_id: str, here: Address) -> list[Address]:
    """The doors of the last days that `here` may have shut.

    Whoever has shown the number: those that came by a link, and those that are newer. Whoever came by a
    link: newer ones that did so too.
    """
    newer = await _newer_than(turn, person_id, here)
    if here.came_by_link:
        return [door for door in newer if door.came_by_link]
    by_link = await came_by_a_link(turn, person_id)
    return by_link + [door for door in newer if door not in by_link]


async def came_by_a_link(turn: Turn, person_id: str) -> list[Address]:
    """The person's chats of the last days that only a link speaks for, the one in use left out."""
    others = await _others(turn, person_id)
    return [door for door in others if door.came_by_link and _is_after(door, turn.now - UNDONE_WITHIN)]


async def is_outranked(turn: Turn, here: Address) -> bool:
    """Whether this door came by a link, and a newer one has shown the number."""
    return here.came_by_link and bool(await _newer_than(turn, here.person_id, here))


async def _newer_than(turn: Turn, person_id: str, here: Address) -> list[Address]:
    since = max(here.verified_at or turn.now, turn.now - UNDONE_WITHIN)
    return [door for door in await _others(turn, person_id) if _is_after(door, since)]


async def _others(turn: Turn, person_id: str) -> list[Address]:
    return [
        door
        for door in await addresses.of_person(turn.tx, person_id)
        if door.verified and door.value != turn.word.address
    ]


def _is_after(door: Address, moment: datetime) -> bool:
    return door.verified_at is not None and door.verified_at > moment
