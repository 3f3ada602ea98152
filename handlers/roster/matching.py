"""Which of the people in the file the database knows: by number first, else by name in the branch."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.roster.branches import Branches
from handlers.roster.doubts import NAMESAKES, OTHER_BRANCH, Doubts
from handlers.roster.known import Known
from handlers.roster.persons import Somebody


async def match(people: Sequence[Somebody], known: Known, branches: Branches, doubts: Doubts) -> None:
    """Gives each person who is known their `person_id` and, where there is one, their `file`."""
    for somebody in people:
        await _by_number(somebody, known)
    taken = {somebody.person_id for somebody in people}
    for somebody in people:
        if somebody.person_id is None:
            await _by_name(somebody, known, taken, doubts)
    for somebody in people:
        _stays_in_branch(somebody, branches, doubts)


async def _by_number(somebody: Somebody, known: Known) -> None:
    owner = await known.owner(somebody.phone) if somebody.phone else None
    if owner and owner.name == somebody.name:
        somebody.person_id = owner.person_id
        somebody.file = await known.file_of(owner.person_id)


async def _by_name(somebody: Somebody, known: Known, taken: set[str | None], doubts: Doubts) -> None:
    """The one of that name in the branch whom no other row is about."""
    names = {member.id: member.name for member in await known.members_of(somebody.branch)}
    if somebody.name not in names.values():
        names = await known.own_officers_of(somebody.branch)
    left = [one for one, name in names.items() if name == somebody.name and one not in taken]
    if len(left) == 1:
        somebody.person_id = left[0]
        somebody.file = await known.file_of(left[0])
        taken.add(left[0])
    elif left:
        somebody.nobody_knows_which = True
        doubts.note(somebody.rows[0], "name", somebody.name, NAMESAKES)


def _stays_in_branch(somebody: Somebody, branches: Branches, doubts: Doubts) -> None:
    """A roster moves nobody: a transfer has steps of its own, and two branches would each claim them."""
    unit = somebody.branch.unit
    if somebody.file and (unit is None or not somebody.file.unit_path.startswith(unit.path)):
        registered = branches.of_unit(somebody.file.unit_id)
        doubts.note(somebody.rows[0], "branch", somebody.branch.name, OTHER_BRANCH, branch=registered.name)
        somebody.branch = registered
