"""Whom the database knows of those that a roster may mean. Names are sealed: each is opened once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.rules.roles import Role
from handlers.roster.branches import Branch
from storage import addresses, changes, members, offices, people, roster_basis
from storage.addresses import Address
from storage.database import Transaction
from storage.files import Member
from storage.viewer import Viewer

_MAY_BE_LIAISON: tuple[Role, ...] = ("liaison", "secretary", "committee")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose number it is; `name` is empty for somebody out of the viewer's sight."""

    person_id: str
    name: str


class Known:
    """Reads through the viewer, branch by branch, and remembers for the length of one import."""

    def __init__(self, tx: Transaction, viewer: Viewer) -> None:
        self._tx = tx
        self._viewer = viewer
        self._branches: dict[str, list[Member]] = {}
        self._officers: dict[str, dict[str, str]] = {}
        self._owners: dict[str, Owner | None] = {}
        self._ids: dict[str, str | None] = {}
        self._own_officers: dict[str, dict[str, str]] = {}
        self._files: dict[str, Member | None] = {}
        self._names: dict[str, str] = {}
        self._gave_up: dict[tuple[str, str], bool] = {}
        self._disowned: frozenset[tuple[str, bytes]] = frozenset()

    async def look_up(self, numbers: Iterable[str]) -> None:
        """Find out whose all these numbers are, and were said not to be, in a few queries."""
        asked = set(numbers)
        self._disowned = await roster_basis.disowned(self._tx)
        self._ids |= dict.fromkeys(asked) | await roster_basis.owners_of(self._tx, asked)

    async def members_of(self, branch: Branch) -> list[Member]:
        """The members of the branch and of the groups in it."""
        if branch.unit is None:
            return []
        if branch.key not in self._branches:
            found = await members.everyone(self._tx, self._viewer, branch.unit.path)
            self._branches[branch.key] = found
            self._files.update({member.id: member for member in found})
        return self._branches[branch.key]

    async def officers_of(self, branch: Branch) -> dict[str, str]:
        """Name by id of those who look after the branch: in it or, where nobody does, nearest above."""
        if branch.unit is None:
            return {}
        if branch.key not in self._officers:
            ids = {
                person_id
                for role in _MAY_BE_LIAISON
                for person_id in await offices.holders(self._tx, branch.unit.path, (role,))
            }
            self._officers[branch.key] = {person_id: await self.name_of(person_id) for person_id in ids}
        return self._officers[branch.key]

    async def said_by_member(self, file: Member) -> set[str]:
        """Which of the changes in a file were told by the member, not by a roster."""
        told = await changes.history(self._tx, self._viewer, file.id)
        return {change.field for change in told if change.by_id == file.id}

    async def own_officers_of(self, branch: Branch) -> dict[str, str]:
        """Those with an office in this very branch, who have no file of their own yet."""
        if branch.key not in self._own_officers:
            self._own_officers[branch.key] = await self._find_own_officers(branch)
        return self._own_officers[branch.key]

    async def _find_own_officers(self, branch: Branch) -> dict[str, str]:
        found = {}
        for person_id, name in (await self.officers_of(branch)).items():
            held = await offices.offices_of(self._tx, person_id)
            here = any(branch.unit and office.unit_path == branch.unit.path for office in held)
            if here and await self.file_of(person_id) is None:
                found[person_id] = name
        return found

    async def gave_up_liaison(self, person_id: str, branch: Branch) -> bool:
        """Whether they gave up being liaison in the branch: an old roster knows no better."""
        if branch.unit is None:
            return False
        asked = (person_id, branch.key)
        if asked not in self._gave_up:
            self._gave_up[asked] = await offices.gave_up(self._tx, person_id, "liaison", branch.unit)
        return self._gave_up[asked]

    async def owner(self, number: str) -> Owner | None:
        if number not in self._owners:
            if number not in self._ids:
                await self.look_up([number])
            person_id = self._ids[number]
            self._owners[number] = (
                Owner(person_id, await self._name_in_sight(person_id)) if person_id else None
            )
        return self._owners[number]

    async def file_of(self, person_id: str) -> Member | None:
        """The file, where the person has one below the viewer; entrusted from elsewhere is not enough."""
        if person_id not in self._files:
            file = await members.find(self._tx, self._viewer, person_id)
            in_sight = file is not None and self._viewer.sees_unit(file.unit_path)
            self._files[person_id] = file if in_sight else None
        return self._files[person_id]

    async def numbers_of(self, person_id: str) -> list[Address]:
        known = await addresses.of_person(self._tx, person_id)
        return [address for address in known if address.channel == "sms"]

    def disowned(self, person_id: str, number: str) -> bool:
        """Whether somebody at the number said that it is not this person's: an old roster knows no better."""
        if not number or not self._disowned:
            return False
        return (person_id, self._tx.vault.blind("sms", number)) in self._disowned

    async def name_of(self, person_id: str) -> str:
        """To compare with the file, which names the person itself; not to be shown from here."""
        if person_id not in self._names:
            self._names[person_id] = await people.name_of(self._tx, person_id)
        return self._names[person_id]

    async def _name_in_sight(self, person_id: str) -> str:
        file = await self.file_of(person_id)
        if file:
            return file.name
        if self._viewer.everything or any(person_id in officers for officers in self._officers.values()):
            return await self.name_of(person_id)
        return ""
