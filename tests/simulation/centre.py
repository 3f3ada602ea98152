"""The SMS company and the phones behind it: what it takes, and what becomes of that."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.channels.contract import (
    AddressFailed,
    MessageRefused,
    OutcomeUnknown,
    SendingFailed,
    Sent,
    TryLater,
)
from bot.channels.gateways.contract import Text
from bot.channels.sms import parts_of
from tests.simulation.luck import Luck
from tests.simulation.receipts import Outcome, Receipts, Told
from tests.simulation.words import shown_by_sms

if TYPE_CHECKING:
    from tests.simulation.person import Person
    from tests.simulation.world import World

# Of a thousand requests, and of a thousand messages in those that are taken.
_FATES = {"taken": 931, "too_many": 15, "busy": 15, "unheard": 20, "never_taken": 12}
_REFUSED = 0.001
_HANGS = 30.0
# Seconds for which a network tries a phone that is off.
_TRIES_FOR = 48 * 3600.0

_parts = lru_cache(maxsize=4096)(parts_of)


class SmsCentre:
    """`parts` is what was paid for so far."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._luck = Luck(world.seed, "sms")
        self._requests = 0
        self.is_out = False
        self.parts = self.messages = 0
        self.receipts = Receipts(world)

    async def takes(self, texts: Sequence[Text]) -> list[Sent | SendingFailed]:
        """One request: how each of its messages ended, as its sender hears it."""
        self._requests += 1
        fate = "busy" if self.is_out else self._luck.choices(list(_FATES), list(_FATES.values()))[0]
        sent = Sent(f"c{self._requests}")
        wait = timedelta(seconds=self._luck.randint(10, 600))
        ends = [self._takes_one(text, fate, sent, wait) for text in texts]
        await asyncio.sleep(_HANGS if fate in ("unheard", "never_taken") else self._luck.uniform(0.05, 0.5))
        return ends

    def _takes_one(self, text: Text, fate: str, sent: Sent, wait: timedelta) -> Sent | SendingFailed:
        person = self._world.book.by_number.get(text.number)
        if fate == "taken":
            fate = self._fate_of_one(person)
        self._world.watch.letter_leaves("sms", text.number, text.reference, text.words)
        self._world.diary.note(f"sms {fate}", person.name if person else "?", text.words)
        if fate in ("taken", "unheard"):
            self.messages += 1
            self.parts += _parts(text.words)
            self._on_its_way(person, text, sent.provider_id)
        if fate == "too_many":
            self._world.watch.asked_to_wait(text.reference, wait)
        return sent if fate == "taken" else _failure(fate, wait)

    def _fate_of_one(self, person: Person | None) -> str:
        if (person is None or person.is_number_dead) and self._luck.happens(0.3):
            return "no_such_number"
        return "refused" if self._luck.happens(_REFUSED) else "taken"

    def _on_its_way(self, person: Person | None, text: Text, provider_id: str) -> None:
        def told(after: float, outcome: Outcome, reason: str = "") -> None:
            self.receipts.tells(Told(text.reference, provider_id, text.number, outcome, reason), after)

        lag = self._luck.uniform(1, 8)
        if person is None or person.is_number_dead:
            told(lag, "failed", "no_such_number")
            return
        off_for = max(person.off_until - self._world.loop.time(), 0)
        if off_for > _TRIES_FOR:
            told(_TRIES_FOR, "failed", "expired_on_the_way")
            return
        if off_for:
            told(lag, "buffered", "phone_off")
        lag += off_for
        shown = shown_by_sms(text.words, text.reference)
        self._world.later(lag, lambda: self._world.watch.letter_arrives(text.reference, text.number))
        self._world.later(lag, lambda: person.gets(shown))
        told(lag, "delivered")


def _failure(fate: str, wait: timedelta) -> SendingFailed:
    if fate == "too_many":
        return TryLater("too_many", wait)
    if fate == "busy":
        return TryLater("gateway_busy")
    if fate == "no_such_number":
        return AddressFailed("no_such_number")
    return MessageRefused("words_forbidden") if fate == "refused" else OutcomeUnknown("no_answer")
