"""Telegram, as far as the program can tell: it keeps updates until they are confirmed, and loses none it has.

Blocked chats, floods, answers that never come back, and whole days on which it cannot be reached.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.channels.contract import (
    AddressFailed,
    OutcomeUnknown,
    Outgoing,
    SendingFailed,
    Sent,
    TryLater,
)
from tests.simulation.luck import Luck
from tests.simulation.words import Word, shown_in_chat

if TYPE_CHECKING:
    from tests.simulation.person import Person
    from tests.simulation.world import World

A_DAY = 86_400.0
# Telegram's own word: updates are kept for no longer.
_KEPT_FOR = A_DAY
_FATES = {"taken": 930, "flood": 20, "broken": 15, "not_connected": 10, "unheard": 15, "never_taken": 10}
_HANGS = 30.0
# While it is out of reach each question hangs until the line gives up.
OUT = 600.0


class TelegramServer:
    def __init__(self, world: World) -> None:
        self._world = world
        self._luck = Luck(world.seed, "telegram")
        self._waiting: dict[int, Word] = {}
        self._arrived = asyncio.Event()
        self._updates = self.messages = 0
        self.is_out = False

    def hears(self, word: Word, after: float) -> None:
        """Somebody typed or pressed; it is with Telegram a moment later."""
        self._world.later(after, lambda: self._takes_in(word))

    def _takes_in(self, word: Word) -> None:
        self._updates += 1
        number = self._updates
        word.id = str(number)
        self._waiting[number] = word
        self._world.later(_KEPT_FOR, lambda: self._waiting.pop(number, None))
        self._arrived.set()

    async def updates(self, offset: int) -> list[dict[str, Any]]:
        """What came since `offset`, once something did. All before it is the program's own care now."""
        self._confirm(offset)
        while not self._waiting or self.is_out:
            if self.is_out:
                await asyncio.sleep(OUT)
                raise TryLater("not_connected")
            self._arrived.clear()
            await self._arrived.wait()
        brought = list(self._waiting.items())[:100]
        if self._luck.happens(0.01):
            raise TryLater("not_connected")
        for _, word in brought:
            self._world.watch.word_brought(word)
        return [{"update_id": number} | word.payload() for number, word in brought]

    def _confirm(self, offset: int) -> None:
        for number in [number for number in self._waiting if number < offset]:
            self._world.watch.word_kept(self._waiting.pop(number))

    async def takes(self, outgoing: Outgoing) -> Sent:
        person = self._world.book.by_chat.get(outgoing.to)
        if outgoing.in_place_of:
            return await self._takes_an_edit(outgoing, person)
        fate = "not_connected" if self.is_out else self._fate()
        if person is None or person.has_blocked:
            fate = "blocked"
        self._world.watch.letter_leaves("telegram", outgoing.to, outgoing.reference, outgoing.text)
        whose = person.name if person else "?"
        self._world.diary.note(f"telegram {fate}", whose, outgoing.text)
        lag = self._luck.uniform(0.05, 0.4)
        if fate in ("taken", "unheard"):
            self.messages += 1
            shown = shown_in_chat(outgoing, self.messages)
            self._world.later(lag, lambda: self._world.watch.letter_arrives(outgoing.reference, outgoing.to))
            if person is not None:
                self._world.later(lag, lambda: person.gets(shown))
        await asyncio.sleep(_HANGS if fate in ("unheard", "never_taken") else 2 * lag)
        if fate == "taken":
            return Sent(str(self.messages))
        raise self._failure(fate, outgoing.reference)

    async def _takes_an_edit(self, outgoing: Outgoing, person: Person | None) -> Sent:
        """A message that stands in the chat says something else: nothing new arrives, and no phone rings."""
        is_shut = person is None or person.has_blocked
        fate = "blocked" if is_shut else "not_connected" if self.is_out else self._fate()
        self._world.diary.note(f"telegram edit {fate}", person.name if person else "?", outgoing.text)
        await asyncio.sleep(_HANGS if fate in ("unheard", "never_taken") else self._luck.uniform(0.1, 0.8))
        if fate == "taken":
            return Sent(outgoing.in_place_of)
        raise self._failure(fate, outgoing.reference)

    def _fate(self) -> str:
        return self._luck.choices(list(_FATES), list(_FATES.values()))[0]

    def _failure(self, fate: str, reference: str) -> SendingFailed:
        if fate == "flood":
            wait = timedelta(seconds=self._luck.randint(3, 90))
            self._world.watch.asked_to_wait(reference, wait)
            return TryLater("too_many", wait)
        if fate == "blocked":
            return AddressFailed("chat_blocked")
        if fate in ("unheard", "never_taken"):
            return OutcomeUnknown("no_answer")
        return TryLater("server" if fate == "broken" else "not_connected")
