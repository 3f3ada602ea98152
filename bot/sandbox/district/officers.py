"""Those who look after the members: secretaries, liaisons, committees, and one who keeps the program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.sandbox.district.names import Register, surname_of
from bot.sandbox.district.parts import Cast, Player
from bot.sandbox.district.seats import Seat
from bot.sandbox.district.tree import Tree
from content.rules.roles import Role
from content.words.notice import WORDING
from storage import addresses, consents, offices, people
from storage.database import Transaction
from storage.units import Unit

# Branches with a second liaison, and how many of its members the first one keeps.
FIRST_KEEPS = {0: 8, 1: 5}
# Here a relative who is a member is the liaison, as the "one from the family" is in the source (D4, 2.2).
_RELATIVES = (2, 5, 8, 10)


@dataclass(frozen=True, slots=True)
class Officers:
    """Ids of persons; `liaisons` of each branch in the order in which members are shared out to them."""

    secretaries: tuple[str, ...]
    liaisons: tuple[tuple[str, ...], ...]
    committee: tuple[str, ...]
    admin: str


async def appoint(
    tx: Transaction, at: datetime, tree: Tree, cast: Cast, register: Register, seats: list[Seat]
) -> Officers:
    committee = [await _office(tx, at, register, "committee", unit) for unit in (tree.root, *tree.townships)]
    admin = await _office(tx, at, register, "admin", tree.root)
    secretaries = [await _player(tx, at, cast.secretary, "secretary", tree.branches[0])]
    # She sits on the township's committee too, as secretaries of large villages do.
    await offices.grant(tx, at, secretaries[0], "committee", tree.townships[0])
    secretaries += [await _office(tx, at, register, "secretary", unit) for unit in tree.branches[1:]]
    first = await _player(tx, at, cast.liaison, "liaison", tree.branches[0])
    liaisons = []
    for branch, unit in enumerate(tree.branches):
        family = surname_of(next(s.name for s in seats if s.branch == branch)) if branch in _RELATIVES else ""
        missing = (2 if branch in FIRST_KEEPS else 1) - (branch == 0)
        others = [await _office(tx, at, register, "liaison", unit, family) for _ in range(missing)]
        liaisons.append((*((first,) if branch == 0 else ()), *others))
    return Officers(tuple(secretaries), tuple(liaisons), (*committee, secretaries[0]), admin)


def liaison_of(officers: Officers, branch: int, index: int) -> str:
    """Who looks after the member on that seat of the branch."""
    shared = officers.liaisons[branch]
    return shared[0] if index < FIRST_KEEPS.get(branch, index + 1) else shared[1]


async def admit(
    tx: Transaction, at: datetime, person_id: str, number: str, chat_id: int | None = None
) -> None:
    """They agreed and are inside, by their number and, where they have one, by chat."""
    await addresses.add(tx, at, person_id, "sms", number, verified=True)
    await consents.give(tx, at, person_id, "keeping", WORDING, "sms" if chat_id is None else "telegram")
    if chat_id is not None:
        await addresses.add(tx, at, person_id, "telegram", str(chat_id), verified=True)
        await consents.give(tx, at, person_id, "overseas_chat", WORDING, "telegram")
    await people.has_joined(tx, person_id, at)


async def _office(
    tx: Transaction, at: datetime, register: Register, role: Role, unit: Unit, family: str = ""
) -> str:
    return await _player(tx, at, Player(register.name(family), register.number()), role, unit)


async def _player(tx: Transaction, at: datetime, player: Player, role: Role, unit: Unit) -> str:
    made = await people.add(tx, at, player.name)
    await offices.grant(tx, at, made, role, unit)
    await admit(tx, at, made, player.number, player.chat_id)
    return made
