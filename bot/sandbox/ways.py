"""By which door the last messages came to each phone, or why they did not: for whoever looks on."""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import dropwhile
from typing import Literal, NamedTuple

Door = Literal["chat", "sms"]
# kept: Telegram has it for a phone that is off. The last two are the gateway's doing.
End = Literal["arrived", "kept", "blocked", "off", "busy", "silent"]

# With so many after it, a failure is no news any more.
_REMEMBERED = 6


class Way(NamedTuple):
    door: Door
    end: End


class Ways:
    def __init__(self, off: set[int]) -> None:
        self._off = off
        self._last: defaultdict[int, deque[Way]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))

    def note(self, phone_id: int, door: Door, end: End) -> None:
        kept = door == "chat" and end == "arrived" and phone_id in self._off
        self._last[phone_id].append(Way(door, "kept" if kept else end))

    def switched_on(self, phone_id: int) -> None:
        """What was kept for it arrives now."""
        last = self._last[phone_id]
        arrived = [way._replace(end="arrived") if way.end == "kept" else way for way in last]
        last.clear()
        last.extend(arrived)

    def of(self, phone_id: int) -> list[Way]:
        """From the first failure on, the same again and again being said once; nothing where all is well."""
        last = list(dropwhile(lambda way: way.end == "arrived", self._last[phone_id]))
        return [way for at, way in enumerate(last) if at == 0 or way != last[at - 1]]
