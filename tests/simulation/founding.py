"""The place and its people, as a first roster leaves them: some inside by chat, some by SMS, some not yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from bot.sandbox.district.names import Register
from bot.sandbox.district.officers import admit
from storage import addresses, contacts, members, offices, people, units
from storage.database import Transaction
from storage.units import Unit
from storage.viewer import the_programme
from tests.simulation.luck import Luck
from tests.simulation.members import Member
from tests.simulation.officers import Officer
from tests.simulation.person import Person

if TYPE_CHECKING:
    from tests.simulation.world import World

HOME = "320583"
_A_BRANCH = 25
_FIRST_CHAT = 900_001


async def found(tx: Transaction, world: World, n_members: int, now: datetime) -> None:
    """Branches of about 25 members; a secretary and two liaisons for each."""
    town = _Town(tx, world, now - timedelta(days=60))
    committee = await units.found(tx, town.then, "云溪镇党委", "committee", place_code=HOME)
    await town.officer("committee", committee)
    await town.officer("admin", committee)
    for number in range(max(1, round(n_members / _A_BRANCH))):
        branch = await units.found(tx, town.then, f"柳湾{number + 1}村党支部", "branch", committee)
        secretary = await town.officer("secretary", branch)
        liaisons = [await town.officer("liaison", branch) for _ in range(2)]
        for place in range(min(_A_BRANCH, n_members - number * _A_BRANCH)):
            await town.member(branch, secretary, liaisons[place % 2])
    await town.hears_of_all(now)


class _Town:
    def __init__(self, tx: Transaction, world: World, then: datetime) -> None:
        self._tx, self._world, self.then = tx, world, then
        self._luck = Luck(world.seed, "founding")
        self._register = Register(self._luck, (), ())
        self._chat = _FIRST_CHAT

    async def officer(
        self, role: Literal["secretary", "liaison", "committee", "admin"], unit: Unit
    ) -> Officer:
        smart = self._luck.happens(0.8)
        officer = Officer(
            self._world, self._name(), self._world.book.fresh_number(), self._a_chat(smart), role
        )
        officer.id = await people.add(self._tx, self.then, officer.name)
        await offices.grant(self._tx, self.then, officer.id, role, unit)
        await self._lets_in(officer)
        return officer

    async def member(self, branch: Unit, secretary: Officer, liaison: Officer) -> Member:
        """Half have a smartphone. Of ten, one has not joined, and of twenty, one has no number."""
        smart, joined = self._luck.happens(0.55), self._luck.happens(0.88)
        member = Member(self._world, self._name(), self._world.book.fresh_number(), self._a_chat(smart))
        member.id = await people.add(self._tx, self.then, member.name)
        await members.enrol(self._tx, self.then, member.id, branch, liaison.id)
        for officer in (secretary, liaison):
            officer.charges.append(member.name)
            if not joined:
                officer.to_invite.append(member.name)
        if joined:
            await self._lets_in(member)
        elif self._luck.happens(0.7):
            await addresses.add(self._tx, self.then, member.id, "sms", member.number)
        self._world.book.settles(member)
        return member

    async def hears_of_all(self, now: datetime) -> None:
        """Each last said something within the month before."""
        for file in await members.everyone(self._tx, the_programme()):
            if file.joined:
                at = now - timedelta(days=self._luck.uniform(0.5, 40))
                await contacts.heard(self._tx, at, file, "check_in", "sms", file.id)

    async def _lets_in(self, person: Person) -> None:
        chat = int(person.chat) if person.chat else None
        await admit(self._tx, self.then, person.id, person.number, chat)
        self._world.book.settles(person)

    def _name(self) -> str:
        """The register has a thousand names; a number behind them makes more."""
        n = len(self._world.book.people)
        return self._register.name() if n < 900 else f"{self._luck.choice('石远孟祝谈施')}{_in_words(n)}"

    def _a_chat(self, smart: bool) -> str:
        self._chat += 1
        return str(self._chat) if smart else ""


def _in_words(n: int) -> str:
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(n))
