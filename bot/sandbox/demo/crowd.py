"""Those whose phones lie on no table: most of them answer when they are written to, some do not."""

from __future__ import annotations

from bot.sandbox.world import World

_ONE_IN = 8  # so many never answer: otherwise nobody in the demo would ever fall silent


class Crowd:
    def __init__(self, world: World) -> None:
        self._world = world
        self._read: dict[int, int] = {}

    def answers(self) -> int:
        """Whoever got something since the last look checks in; how many did."""
        # By the id, not by chance: the same people fall silent in every demo.
        written_to = [i for i, read in self._read.items() if self._arrived(i) > read and i % _ONE_IN]
        for phone_id in written_to:
            self._world.text(phone_id, "QD")
        self.reads()
        return len(written_to)

    def takes(self, phone_id: int) -> None:
        """From now on somebody here holds that phone; what came before gets no answer."""
        self._read[phone_id] = self._arrived(phone_id)

    def lets_go(self, phone_id: int) -> None:
        """From now on a visitor answers on that phone."""
        self._read.pop(phone_id, None)

    def reads(self) -> None:
        """They put their phones away: what came until now gets no answer."""
        self._read = {phone_id: self._arrived(phone_id) for phone_id in self._read}

    def _arrived(self, phone_id: int) -> int:
        return sum(message.from_program for message in self._world.sms(phone_id))
