"""Whose a number is: a guess would write to a stranger, so what is contested is left open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from content.rules.phones import takes_sms
from handlers.roster.doubts import (
    LANDLINE,
    NUMBER_DISOWNED,
    NUMBER_KNOWN,
    NUMBER_TWICE,
    NUMBER_VERIFIED,
    Doubts,
)
from handlers.roster.known import Known
from handlers.roster.persons import Placed, Somebody
from handlers.roster.row import RosterRow


async def uncontested(placed: Sequence[Placed], known: Known, doubts: Doubts) -> list[Placed]:
    """The rows without the numbers that the file gives to several people, and without landlines."""
    claims = _Claims(row for row, _ in placed)
    return [(await _settled(row, claims, known, doubts), branch) for row, branch in placed]


async def settle(people: Sequence[Somebody], known: Known, doubts: Doubts) -> None:
    """Leaves each person with a `phone` only where it is new to them and may be written down.

    A number that its owner leaves in this very file is free: else the next import would find it free,
    and change what this one did not.
    """
    for somebody in people:
        if somebody.person_id and known.disowned(somebody.person_id, somebody.phone):
            _withhold(somebody, doubts, NUMBER_DISOWNED)
    waiting = [somebody for somebody in people if somebody.phone and not await _has_it(somebody, known)]
    leaving: set[str] = set()
    moved = True
    while moved:
        still: list[Somebody] = []
        for somebody in waiting:
            owner = await known.owner(somebody.phone)
            if (owner is None or owner.person_id in leaving) and not _verified(somebody):
                leaving.update({somebody.person_id} if somebody.person_id and somebody.numbers else ())
            else:
                still.append(somebody)
        waiting, moved = still, len(still) < len(waiting)
    for somebody in waiting:
        _withhold(somebody, doubts)


class _Claims:
    def __init__(self, rows: Iterable[RosterRow]) -> None:
        self._members: dict[str, set[str]] = {}
        self._liaisons: dict[str, set[str]] = {}
        for row in rows:
            self._members.setdefault(row.phone, set()).add(row.name)
            if row.liaison:
                self._liaisons.setdefault(row.liaison_phone, set()).add(row.liaison)

    def are_one(self, number: str, name: str) -> bool:
        """Whether the file gives the number to this name alone; a member's own column counts for more."""
        names = self._members.get(number) or self._liaisons.get(number, set())
        return names == {name}


async def _settled(row: RosterRow, claims: _Claims, known: Known, doubts: Doubts) -> RosterRow:
    for field, name in (("phone", row.name), ("liaison_phone", row.liaison)):
        number: str = getattr(row, field)
        reason = await _against(number, name, claims, known) if number and name else ""
        if reason:
            doubts.note(row, field, number, reason)
            row = _without(row, field)
    return row


def _without(row: RosterRow, field: str) -> RosterRow:
    if field == "phone":
        return replace(row, phone="", disputed=row.phone)
    return replace(row, liaison_phone="")


async def _against(number: str, name: str, claims: _Claims, known: Known) -> str:
    if not takes_sms(number):
        return LANDLINE
    owner = await known.owner(number)
    if (owner and owner.name == name) or claims.are_one(number, name):
        return ""
    return NUMBER_TWICE


async def _has_it(somebody: Somebody, known: Known) -> bool:
    """Whether the number is theirs already; reads on the way which numbers they have."""
    if somebody.person_id is None:
        return False
    owner = await known.owner(somebody.phone)
    if owner and owner.person_id == somebody.person_id:
        somebody.phone = ""
        return True
    somebody.numbers = await known.numbers_of(somebody.person_id)
    if any(address.value == somebody.phone for address in somebody.numbers):
        somebody.phone, somebody.numbers = "", []
        return True
    return False


def _verified(somebody: Somebody) -> bool:
    return any(address.verified for address in somebody.numbers)


def _withhold(somebody: Somebody, doubts: Doubts, reason: str = "") -> None:
    reason = reason or (NUMBER_VERIFIED if _verified(somebody) else NUMBER_KNOWN)
    if somebody.phone_at:
        row, field = somebody.phone_at
        doubts.note(row, field, somebody.phone, reason)
    somebody.phone, somebody.numbers = "", []
