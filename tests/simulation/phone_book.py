"""Who there is, and whose phone it is that rings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation.officers import Officer

if TYPE_CHECKING:
    from tests.simulation.person import Person

_FIRST = 13_800_000_000


class PhoneBook:
    """`by_id` is how the program knows them, `by_chat` and `by_number` how the networks do."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.by_name: dict[str, Person] = {}
        self.by_id: dict[str, Person] = {}
        self.by_chat: dict[str, Person] = {}
        self.by_number: dict[str, Person] = {}
        self.members: set[str] = set()
        self.in_office: set[str] = set()
        self._numbers = _FIRST

    def settles(self, person: Person) -> None:
        self.people.append(person)
        (self.in_office if isinstance(person, Officer) else self.members).add(person.name)
        self.by_name[person.name] = self.by_id[person.id] = self.by_number[person.number] = person
        if person.chat:
            self.by_chat[person.chat] = person

    def fresh_number(self) -> str:
        self._numbers += 1
        return f"+86{self._numbers}"

    def gives_number(self, person: Person) -> str:
        number = self.fresh_number()
        self.by_number[number] = person
        return number

    def takes_number(self, number: str) -> None:
        self.by_number.pop(number, None)

    def whose(self, address: str) -> str:
        person = self.by_chat.get(address) or self.by_number.get(address)
        return person.name if person else "nobody"

    def called(self, person_id: str | None) -> str:
        person = self.by_id.get(person_id or "")
        return person.name if person else "a stranger"
