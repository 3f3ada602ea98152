"""Text messages of people on their way to us: the company brings each again until it has heard our 200."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from bot.channels.gateways.contract import Push
from tests.simulation.luck import Luck
from tests.simulation.process import Died
from tests.simulation.words import Word

if TYPE_CHECKING:
    from tests.simulation.world import World

# How often it comes once more though it was taken, and how often our 200 gets lost on its way back.
_AGAIN, _UNHEARD = 0.05, 0.03
_WHILE_OUT = 1800.0


class Inbound:
    def __init__(self, world: World) -> None:
        self._world = world
        self._luck = Luck(world.seed, "inbound")
        self._words = 0

    def hears(self, word: Word, after: float) -> None:
        """Somebody sent a text message."""
        self._words += 1
        word.id = f"in{self._words}"
        self._world.later(after, lambda: self._world.begins(self._brings(word)))

    async def is_kept(self, push: Push) -> None:
        """What it brings is safe with the program; Died where nobody answers."""
        process = self._world.process
        gateway = process.app.doors.gateway
        assert gateway is not None
        await process.does(process.app.bringing.keep(gateway.read_push(push)))

    async def _brings(self, word: Word) -> None:
        again = 2 if self._luck.happens(_AGAIN) else 1
        while again:
            is_out = self._world.centre.is_out
            if not is_out and await self._is_taken(word):
                again -= 1
                if not self._luck.happens(_UNHEARD):
                    self._world.watch.word_kept(word)
                else:
                    again += 1
            if again:
                await asyncio.sleep(_WHILE_OUT if is_out else self._luck.uniform(5, 120))

    async def _is_taken(self, word: Word) -> bool:
        self._world.watch.word_brought(word)
        try:
            await self.is_kept(Push("inbound", "POST", "", "", {}, json.dumps(word.payload()).encode()))
        except Died:
            await asyncio.sleep(self._luck.uniform(60, 900))
            return False
        return True
