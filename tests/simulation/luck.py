"""Chance, drawn from the seed: a stream for each, so that one more draw here changes nothing there."""

from __future__ import annotations

import math
from random import Random


class Luck(Random):
    def __new__(cls, *_whose: object) -> Luck:
        return super().__new__(cls)

    def __init__(self, *whose: object) -> None:
        # A text as seed is hashed by the library itself, the same in every process.
        super().__init__("/".join(str(part) for part in whose))

    def happens(self, chance: float) -> bool:
        return self.random() < chance

    def seconds(self, middle: float) -> float:
        """A time that is mostly short and sometimes ten times as long."""
        return round(self.lognormvariate(math.log(middle), 1.0), 3)
