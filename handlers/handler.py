"""What answers a word: it does what was meant, and says so in one letter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from content.act import Act
from content.letter import Letter
from handlers.turn import Turn

Handler = Callable[[Turn, Act], Awaitable[Letter]]
