"""A small town of people with phones, who talk to the real program over real HTTP.

reply = await town.member.says("签到", by="sms")
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.clock import WoundClock
from bot.sandbox.phones import ChatMessage, Phone
from bot.sandbox.rehearsal import Rehearsal, rehearsing
from bot.sandbox.world import World
from content.lessons.library import all_lessons
from storage import addresses, members, offices, people, units
from storage.database import Transaction
from storage.files import Member
from storage.files import members as files
from storage.units import Unit
from storage.viewer import the_programme
from tests.conversations.tongues import Ear

Door = Literal["chat", "sms"]
HOME = "320583"
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 2, 10, 0, tzinfo=SHANGHAI)


@dataclass
class Speaker:
    """Somebody with a phone. What they say and press brings back what they then read, as one text."""

    town: Town
    id: str
    phone: Phone
    seen: dict[Door, int] = field(default_factory=lambda: {"chat": 0, "sms": 0})

    async def says(self, text: str, by: Door = "chat") -> str:
        if by == "chat":
            self.town.world.type(self.phone.id, text)
        else:
            self.town.world.text(self.phone.id, text)
        return await self.reads(by)

    async def presses(self, label: str, by: Door = "chat") -> str:
        """The button or key with this label in the chat, or by SMS the number that stands before it."""
        if by == "sms":
            return await self.says(self._number_of(label), by="sms")
        key = self._key(label)
        if key and not any(label in button for button in self.buttons()):
            return await self.says(key)
        message, row, column = self._button(label)
        self.town.world.press(self.phone.id, message.id, row, column)
        return await self.reads(by)

    async def opens(self, parameter: str) -> str:
        self.town.world.open_link(self.phone.id, parameter)
        return await self.reads("chat")

    async def shares_contact(self, number: str | None = None) -> str:
        self.town.world.share_contact(self.phone.id, number)
        return await self.reads("chat")

    async def sends_file(self, name: str, content: bytes, caption: str = "") -> str:
        self.town.world.send_document(self.phone.id, name, content, caption)
        return await self.reads("chat")

    async def reads(self, by: Door = "chat") -> str:
        """All that came by this door since they last looked."""
        await self.town.settles()
        messages = self._arrived(by)
        fresh, self.seen[by] = messages[self.seen[by] :], len(messages)
        return "\n".join(fresh)

    def last_message(self) -> ChatMessage:
        return [m for m in self.town.world.chat(self.phone.id) if m.from_bot][-1]

    def buttons(self) -> list[str]:
        return [button.label for row in self.last_message().buttons for button in row]

    def at_hand(self) -> list[str]:
        """The keys that rest below the chat."""
        return [label for row in self.town.world.keyboard(self.phone.id) for label in row]

    async def file(self) -> Member:
        async with self.town.writing() as tx:
            found = await members.find(tx, the_programme(), self.id)
        assert found is not None
        return found

    def is_named_in(self, text: str) -> bool:
        return self.phone.owner in text or self.phone.number[-11:] in text.replace(" ", "")

    def _arrived(self, by: Door) -> list[str]:
        if by == "sms":
            return [m.body for m in self.town.world.sms(self.phone.id) if m.from_program]
        versions = [m for m in self.town.world.chat(self.phone.id) if m.from_bot]
        return [m.text for m in versions]

    def _key(self, label: str) -> str | None:
        return next((key for key in self.at_hand() if label in key), None)

    def _button(self, label: str) -> tuple[ChatMessage, int, int]:
        for message in reversed(self.town.world.chat(self.phone.id)):
            for r, row in enumerate(message.buttons):
                for c, button in enumerate(row):
                    if label in button.label:
                        return message, r, c
        raise AssertionError(f"no button {label!r}; the last message has {self.buttons()}")

    def _number_of(self, label: str) -> str:
        body = self._arrived("sms")[-1]
        found = re.search(rf"(?:回|Reply )(\d+|[A-H]) \S*{re.escape(label)}", body)
        assert found, f"no answer {label!r} in: {body}"
        return found[1]


@dataclass
class Town:
    rehearsal: Rehearsal
    world: World
    clock: WoundClock
    branch: Unit
    committee: Unit
    people: dict[str, Speaker] = field(default_factory=dict)
    on_roster: list[str] = field(default_factory=list)
    in_office: list[str] = field(default_factory=list)
    ear: Ear = field(default_factory=Ear)

    def __getattr__(self, name: str) -> Speaker:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    async def settles(self) -> None:
        """Until everybody has heard and answered everything."""
        await self.rehearsal.until_calm(20)
        await self._listens()

    async def _listens(self) -> None:
        """Each in their own language: in every conversation, whatever it is about."""
        known = {who.phone.id: who for who in self.people.values()}
        async with self.reading() as tx:
            languages = {
                phone: await people.language_of(tx, who.id) for phone, who in known.items() if who.id
            }
            units_named = {unit.name for unit in await units.everyone(tx)}
        names = units_named | {who.phone.owner for who in known.values()}
        self.ear.listens(self.world, languages, names)

    async def passes(self, **time: int) -> None:
        """Time goes by, through each morning's work on the way: `passes(days=3)`."""
        until = self.clock.now() + timedelta(**time)
        while (slot := await self.rehearsal.app.clockwork.next_event(self.clock.now())) <= until:
            self.clock.wind(slot - self.clock.now())
            await self.ticks()
        self.clock.wind(until - self.clock.now())
        await self.ticks()

    async def clock_of(self, who: Speaker, zone: str) -> None:
        """They live by this clock from now on: at ten in the morning here it is the middle of a night."""
        async with self.writing() as tx:
            await tx.conn.execute(update(files).where(files.c.person_id == who.id).values(zones=zone))

    async def ticks(self) -> None:
        await self.rehearsal.app.clockwork.tick()
        self.rehearsal.app.sending.wake()
        await self.settles()

    def long_texts_to_members(self) -> list[str]:
        """Text messages to people on the roster that cost more than one part; a lesson may cost three."""
        lessons = [lesson.chinese.sms for lesson in all_lessons().values()]
        told = [m for handle in self.on_roster for m in self.world.sms(self.people[handle].phone.id)]
        return [
            m.body
            for m in told
            if m.from_program and len(m.parts) > (3 if any(sms in m.body for sms in lessons) else 1)
        ]

    def members_named_to_office(self) -> list[str]:
        """Text messages to office holders with the full name or the number of a member in them."""
        return [
            m.body
            for officer in self.in_office
            for m in self.world.sms(self.people[officer].phone.id)
            for member in self.on_roster
            if m.from_program and member != officer and self.people[member].is_named_in(m.body)
        ]

    def long_texts_to_office(self) -> list[str]:
        """Text messages in Chinese to office holders that cost more than one part."""
        lessons = [lesson.chinese.sms for lesson in all_lessons().values()]
        return [
            m.body
            for officer in self.in_office
            for m in self.world.sms(self.people[officer].phone.id)
            if m.from_program and len(m.parts) > 1 and _is_chinese(m.body)
            if not any(sms in m.body for sms in lessons)
        ]

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with self.rehearsal.app.database.reading() as tx:
            yield tx

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with self.rehearsal.app.database.writing() as tx:
            yield tx

    async def moves_in(
        self,
        handle: str,
        name: str,
        number: str,
        *,
        smartphone: bool = True,
        on_roster: bool = True,
        joined: bool = True,
        unit: Unit | None = None,
        liaison: str = "",
        role: Literal["", "liaison", "secretary", "committee", "admin"] = "",
    ) -> Speaker:
        """Somebody new: on the roster as a member, or with an office only; inside, or still to join."""
        phone = self.world.add_phone(name, number, smartphone=smartphone)
        if smartphone:
            self.world.private_chat(phone.id).known = True
        async with self.writing() as tx:
            now = self.clock.now()
            person = await people.add(tx, now, name)
            if on_roster:
                carer = self.people[liaison].id if liaison else None
                await members.enrol(tx, now, person, unit or self.branch, carer)
            if role:
                await offices.grant(tx, now, person, role, unit or self.branch)
            await addresses.add(tx, now, person, "sms", number, verified=joined)
            if joined:
                await people.has_joined(tx, person, now)
            if joined and smartphone:
                await addresses.add(tx, now, person, "telegram", str(phone.id), verified=True)
        self.people[handle] = Speaker(self, person, phone)
        if on_roster:
            self.on_roster.append(handle)
        if role:
            self.in_office.append(handle)
        return self.people[handle]


def _is_chinese(body: str) -> bool:
    signs = body.removeprefix("【联动】")
    return sum("\u4e00" <= sign <= "\u9fff" for sign in signs) > len(signs) // 3


@asynccontextmanager
async def a_town(folder: Path, *, sms_connected: bool = True, paced: bool = False) -> AsyncIterator[Town]:
    """A committee, a branch, a secretary, a liaison, a member with a smartphone, one with an old phone."""
    clock = WoundClock(START)
    world = World(clock)
    async with rehearsing(world, folder, clock, sms_connected=sms_connected, paced=paced) as rehearsal:
        async with rehearsal.app.database.writing() as tx:
            committee = await units.found(tx, clock.now(), "云溪镇党委", "committee", place_code=HOME)
            branch = await units.found(tx, clock.now(), "柳湾村党支部", "branch", committee)
        town = Town(rehearsal, world, clock, branch, committee)
        await rehearsal.app.clockwork.tick()
        await town.moves_in("secretary", "祝文书", "+8613900000001", on_roster=False, role="secretary")
        await town.moves_in("liaison", "孟联", "+8613900000002", on_roster=False, role="liaison")
        await town.moves_in("member", "石远", "+8613900000003", liaison="liaison")
        await town.moves_in("old", "欧阳山", "+8613900000004", smartphone=False, liaison="liaison")
        await town.settles()
        yield town
