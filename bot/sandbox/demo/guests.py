"""Whoever a visitor asks on to the stage: anybody of the district, with a phone of their own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.clock import Clock
from bot.sandbox.demo.crowd import Crowd
from bot.sandbox.demo.extras import Extra, extras
from bot.sandbox.demo.folder import DemoFolder
from bot.sandbox.demo.greeting import greet
from bot.sandbox.demo.roles import part_of, role_of
from bot.sandbox.page import NobodyThere, PhoneOnStage, Waiting
from bot.sandbox.phones import Phone
from bot.sandbox.world import World
from storage import addresses
from storage.database import Database, Transaction

# Their chats' ids, with the last digits of the number added: the same after each start.
FIRST_CHAT = 7_300_000_000


class Guests:
    """`cast_numbers` are those of the phones that are always there."""

    def __init__(
        self, world: World, database: Database, clock: Clock, folder: DemoFolder, crowd: Crowd
    ) -> None:
        self._world, self._database, self._clock = world, database, clock
        self._folder, self._crowd = folder, crowd
        self._cast_numbers = frozenset(phone.number for phone in world.phones.values())
        self._standing: dict[str, PhoneOnStage] = {}

    @property
    def phones(self) -> Sequence[PhoneOnStage]:
        return list(self._standing.values())

    async def move_in(self) -> None:
        """A phone for everybody, so that nobody is unknown there; and last time's guests are back."""
        async with self._database.writing() as tx:
            everybody = await self._everybody(tx)
        for extra in everybody:
            phone = self._phone_of(extra)
            # Whoever is silent already has let many a reminder lie, and who keeps others is not reminded.
            if extra.role == "member" and not extra.silent and not phone.smartphone:
                self._crowd.takes(phone.id)
        known = {extra.id for extra in everybody}
        for person_id in self._folder.guests():
            if person_id in known:
                await self.bring(person_id)

    async def waiting(self) -> list[Waiting]:
        async with self._database.writing() as tx:
            everybody = await self._everybody(tx)
        return [
            Waiting(extra.id, extra.name, role_of(extra), extra.unit)
            for extra in everybody
            if extra.id not in self._standing
        ]

    async def bring(self, person_id: str) -> int:
        """Whoever keeps others comes with a chat; a member as they are: by SMS, or still to be invited."""
        async with self._database.writing() as tx:
            extra = next((e for e in await self._everybody(tx) if e.id == person_id), None)
            if extra is None:
                raise NobodyThere(person_id)
            phone = self._phone_of(extra, chats=extra.role != "member" or not extra.joined)
            if extra.role != "member":
                await self._open_chat(tx, extra, phone)
            if phone.smartphone and not self._world.chat(phone.id):
                await greet(tx, self._clock.now(), (phone,))
        self._crowd.lets_go(phone.id)
        self._standing[person_id] = part_of(extra, phone)
        self._folder.keep_guests(self._standing)
        return phone.id

    def dismiss(self, phone_id: int) -> None:
        leaving = [person for person, phone in self._standing.items() if phone.phone_id == phone_id]
        if not leaving:
            raise NobodyThere(phone_id)
        del self._standing[leaving[0]]
        self._folder.keep_guests(self._standing)

    async def _everybody(self, tx: Transaction) -> list[Extra]:
        return await extras(tx, self._clock.now(), self._cast_numbers)

    def _phone_of(self, extra: Extra, chats: bool = False) -> Phone:
        """The phone that rings at their number; an old one is given up for one that can chat."""
        phone = self._world.network.phone_at(extra.number)
        wants_chat = chats or bool(extra.chat_id)
        if phone and (phone.smartphone or not wants_chat):
            return phone
        if not wants_chat:
            return self._world.add_phone(extra.name, extra.number, smartphone=False)
        if phone:
            self._crowd.lets_go(phone.id)
        chat_id = extra.chat_id or FIRST_CHAT + int(extra.number[-6:])
        made = self._world.add_phone(extra.name, extra.number, phone_id=chat_id)
        self._world.private_chat(made.id).known = bool(extra.chat_id)
        return made

    async def _open_chat(self, tx: Transaction, extra: Extra, phone: Phone) -> None:
        if not extra.chat_id:
            await addresses.add(tx, self._clock.now(), extra.id, "telegram", str(phone.id), verified=True)
        self._world.private_chat(phone.id).known = True
